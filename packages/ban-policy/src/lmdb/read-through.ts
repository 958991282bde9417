import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

/** What the child runs: plain JavaScript, because it has to run also where this file is TypeScript. */
const program = `
const [lmdb, folder, ...names] = process.argv.slice(1);
const root = require(lmdb).open(folder, { noSubdir: false, readOnly: true, encoding: 'binary', maxDbs: 16 });
for (const name of names) {
  let table;
  try {
    table = root.openDB(name, { encoding: 'binary' });
  } catch (error) {
    if (/not found/i.test(error.message) && error.code !== -30797) continue;
    throw error;
  }
  for (const { value } of table.getRange()) if (value.length > 0 && value.at(-1) === undefined) throw new Error('short');
}
`;

const longestMs = 120_000;

/**
 * Reads all records of a state in a process of its own: LMDB takes its pages as they are, and wrong ones end the process.
 *
 * @returns why the state cannot be read; undefined when it can, or when that could not be found out
 */
export function readThrough(folder: string, tables: readonly string[]): string | undefined {
  const lmdb = createRequire(import.meta.url).resolve('lmdb');
  const args = ['-e', program, lmdb, folder, ...tables];
  const { status, signal, stderr } = spawnSync(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: longestMs,
    encoding: 'utf8',
  });
  if (signal === 'SIGABRT' || signal === 'SIGSEGV' || signal === 'SIGBUS') return `reading it ends in ${signal}`;
  return status === 0 || signal !== null
    ? undefined
    : /MDB_(?:CORRUPTED|PAGE_NOTFOUND|INVALID)[^\n]*/.exec(stderr)?.[0];
}
