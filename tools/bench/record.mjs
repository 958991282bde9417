import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** @returns {import('./types.d.ts').Machine} the machine that this runs on */
const machine = () => ({
  cpu: (os.cpus()[0]?.model ?? 'unknown').trim(),
  cores: os.availableParallelism(),
  memoryGiB: Math.round(os.totalmem() / 2 ** 30),
  node: process.version,
  // A distribution's suffix tells nothing of speed, and may name a host.
  kernel: `${os.type()} ${/^[\d.]*\d/.exec(os.release())?.[0] ?? ''}`,
});

/**
 * Writes the results of a package as its record of today; an earlier one of the same day is replaced.
 *
 * @param {string} root
 * @param {string} folder of the package, from the root
 * @param {readonly import('./types.d.ts').Result[]} results
 * @param {Date} now
 * @returns {string} path of the record, from the root
 */
export function writeRecord(root, folder, results, now = new Date()) {
  const date = now.toISOString().slice(0, 'yyyy-mm-dd'.length);
  /** @type {import('./types.d.ts').BenchRecord} */
  const record = { date, machine: machine(), results };
  const file = `${folder}/bench/record/${date}.json`;
  mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(root, file), `${JSON.stringify(record, null, 2)}\n`);
  return file;
}
