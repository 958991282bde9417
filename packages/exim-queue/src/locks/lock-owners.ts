import { close, closeSync, open, openSync, read, readSync } from 'node:fs';
import { parseLocks } from './parse-locks.ts';

const locksFile = '/proc/locks';
/**
 * Some ten thousand locks. Any user may take as many as he likes, and the system counts through those before with each
 * page of the file that is read.
 */
const maxBytes = 1_048_576;
const lineFeed = 10;

/** Process ids by the inode of -D. */
export type LockOwners = ReadonlyMap<number, number>;

/**
 * Which process has which message locked: process ids by the inode of -D, from one read of `/proc/locks`, which every user
 * may read; of more than 1 MiB only the beginning. Empty where there is no such file (not Linux); locks of other pid
 * namespaces are not in it.
 *
 * @param file for tests
 */
export function lockOwners(file: string = locksFile): LockOwners {
  let fd: number;
  try {
    fd = openSync(file, 'r');
  } catch {
    return new Map();
  }
  const bytes = Buffer.allocUnsafeSlow(maxBytes);
  let length = 0;
  try {
    for (let got = 1; got > 0 && length < maxBytes; length += got)
      got = readSync(fd, bytes, length, maxBytes - length, null);
  } catch {
    // What was read until then is right.
  } finally {
    closeSync(fd);
  }
  return ownersIn(bytes, length);
}

/** The same in its own time: Linux lets the first reader wait, some 14 ms, until all processors have passed a quiet state. */
export const lockOwnersSoon = (file: string = locksFile): Promise<LockOwners> =>
  new Promise((resolve) => {
    open(file, 'r', (error, fd) => {
      if (error !== null) {
        resolve(new Map());
        return;
      }
      const bytes = Buffer.allocUnsafeSlow(maxBytes);
      const readOn = (length: number): void =>
        read(fd, bytes, length, maxBytes - length, null, (fault, got) => {
          if (fault === null && got > 0 && length + got < maxBytes) readOn(length + got);
          else close(fd, () => resolve(ownersIn(bytes, fault === null ? length + got : length)));
        });
      readOn(0);
    });
  });

/** By the whole lines. */
const ownersIn = (bytes: Buffer, length: number): LockOwners =>
  parseLocks(bytes.toString('latin1', 0, bytes.subarray(0, length).lastIndexOf(lineFeed) + 1));
