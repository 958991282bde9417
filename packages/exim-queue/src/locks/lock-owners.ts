import { readFileSync } from 'node:fs';
import { parseLocks } from './parse-locks.ts';

const locksFile = '/proc/locks';

/**
 * Which process has which message locked: process ids by the inode of -D, from one read of `/proc/locks`, which every user
 * may read. Empty where there is no such file (not Linux); locks of other pid namespaces are not in it.
 */
export function lockOwners(): ReadonlyMap<number, number> {
  try {
    return parseLocks(readFileSync(locksFile, 'latin1'));
  } catch {
    return new Map();
  }
}
