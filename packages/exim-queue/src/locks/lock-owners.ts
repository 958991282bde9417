import { readFile, readFileSync } from 'node:fs';
import { parseLocks } from './parse-locks.ts';

const locksFile = '/proc/locks';

/** Process ids by the inode of -D. */
export type LockOwners = ReadonlyMap<number, number>;

/**
 * Which process has which message locked: process ids by the inode of -D, from one read of `/proc/locks`, which every user
 * may read. Empty where there is no such file (not Linux); locks of other pid namespaces are not in it.
 */
export function lockOwners(): LockOwners {
  try {
    return parseLocks(readFileSync(locksFile, 'latin1'));
  } catch {
    return new Map();
  }
}

/** The same in its own time: Linux lets the first reader wait, some 14 ms, until all processors have passed a quiet state. */
export const lockOwnersSoon = (): Promise<LockOwners> =>
  new Promise((resolve) => {
    readFile(locksFile, 'latin1', (error, text) => resolve(error === null ? parseLocks(text) : new Map()));
  });
