import { createHash } from 'node:crypto';
import { readSync } from 'node:fs';
import type { Fingerprint } from '../checkpoint/checkpoint-store.ts';

/** Lengths of the beginnings that are compared: most files differ early. */
const partBytes = [512, 65_536];

/** Bytes of an open file; fewer than asked for at its end. */
export function bytesAt(fd: number, position: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  return bytes.subarray(0, length === 0 ? 0 : readSync(fd, bytes, 0, length, position));
}

export function fingerprintOf(bytes: Uint8Array): Fingerprint {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
  return { bytes: bytes.length, hash };
}

/** Whether the file's bytes from `position` on are those that the fingerprint was taken of. */
export function hasFingerprint(fd: number, position: number, { bytes, hash }: Fingerprint): boolean {
  const found = bytesAt(fd, position, bytes);
  return found.length === bytes && fingerprintOf(found).hash === hash;
}

/** Whether one file begins with the other, as far as their first 64 KiB show. An empty file begins none. */
export function beginAlike(fd: number, otherFd: number): boolean {
  return partBytes.every((length) => {
    const bytes = bytesAt(fd, 0, length);
    const others = bytesAt(otherFd, 0, length);
    const shared = Math.min(bytes.length, others.length);
    return shared > 0 && bytes.compare(others, 0, shared, 0, shared) === 0;
  });
}

const lineBreak = 0x0a;

/**
 * Where the last whole line before `size` ends: the place to begin at, to be told of what comes from now on.
 *
 * @param maxLineBytes how far to look back; a line that is longer is taken for one that was cut
 */
export function endOfLastLine(
  fd: number,
  size: number,
  maxLineBytes: number,
): { readonly position: number; readonly inCut: boolean } {
  const from = Math.max(0, size - maxLineBytes - 1);
  const last = bytesAt(fd, from, size - from).lastIndexOf(lineBreak);
  if (last !== -1) return { position: from + last + 1, inCut: false };
  return from === 0 ? { position: 0, inCut: false } : { position: size, inCut: true };
}
