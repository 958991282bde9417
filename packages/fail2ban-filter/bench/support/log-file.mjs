import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generateLog } from '../../../../tools/generate-log.mjs';

const lineFeed = 0x0a;
const chunkBytes = 262_144;
/** More than a line of either kind has on average. */
const lineBytes = { apache: 250, sshd: 150 };

/** The first whole lines of a log. */
export function firstLines(bytes, count) {
  let end = 0;
  for (let n = 0; n < count; n += 1) end = bytes.indexOf(lineFeed, end) + 1;
  return bytes.subarray(0, end);
}

/**
 * A generated log of so many lines, kept in a folder.
 *
 * @param {string} cache the folder
 * @param {{ kind: 'apache' | 'sshd', hitRate: number, lines: number }} options
 * @returns {Promise<string>} its path
 */
export async function logFile(cache, { kind, hitRate, lines }) {
  const file = path.join(cache, `fail2ban-filter-${kind}-${hitRate}-${lines}.log`);
  if (existsSync(file)) return file;
  await generateLog({ kind, path: file, bytes: lines * lineBytes[kind], hitRate, seed: 7 });
  writeFileSync(file, firstLines(readFileSync(file), lines));
  return file;
}

/** As a source hands them on: whole lines, about a quarter of a megabyte each. */
export function chunksOf(bytes) {
  const chunks = [];
  for (let offset = 0; offset < bytes.length; ) {
    const end = bytes.lastIndexOf(lineFeed, Math.min(bytes.length, offset + chunkBytes) - 1) + 1;
    chunks.push({ source: { id: 'log', path: 'log' }, bytes: bytes.subarray(offset, end), offset, live: false });
    offset = end;
  }
  return chunks;
}
