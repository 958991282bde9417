import { closeSync, fstatSync, openSync, readFileSync, statSync } from 'node:fs';
import { openFlags } from '../spool/open-flags.ts';

/**
 * The bytes of a journal (-J), or undefined when there is none.
 *
 * @throws the system's error when it may not be read; an error for one that is longer, or no file
 */
export function readJournal(path: string | Buffer, maxBytes: number): Buffer | undefined {
  // Mostly there is none, and an error takes the system ten times as long to say so.
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
  const fd = openSync(path, openFlags);
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) throw new Error('-J is not a file');
    if (stat.size > maxBytes) throw new Error(`-J has ${stat.size} bytes, the most is ${maxBytes}`);
    return readFileSync(fd);
  } finally {
    closeSync(fd);
  }
}
