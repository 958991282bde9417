import { kernel } from './kernel.ts';

/** A break is mostly near the end: look there first, and copy no more than needed. */
const tailBytes = 4096;

/**
 * Number of LF bytes.
 *
 * @param bytes of any length; not kept
 */
export function countBreaks(bytes: Uint8Array): number {
  let count = 0;
  for (let base = 0; base < bytes.length; base += kernel.input.length) {
    const part = bytes.subarray(base, base + kernel.input.length);
    kernel.input.set(part);
    count += kernel.countBreaks(part.length);
  }
  return count;
}

/**
 * Offset of the last LF byte, or -1.
 *
 * @param bytes of any length; not kept
 */
export function lastBreak(bytes: Uint8Array): number {
  let size = tailBytes;
  for (let end = bytes.length; end > 0; ) {
    const start = Math.max(0, end - size);
    kernel.input.set(bytes.subarray(start, end));
    const found = kernel.lastBreak(end - start);
    if (found !== -1) return start + found;
    end = start;
    size = kernel.input.length;
  }
  return -1;
}

/**
 * Calls `visit` with the offset of every LF byte, ascending.
 *
 * @param bytes of any length; not kept
 */
export function eachLineEnd(bytes: Uint8Array, visit: (offset: number) => void): void {
  for (let base = 0; base < bytes.length; base += kernel.input.length) {
    const part = bytes.subarray(base, base + kernel.input.length);
    kernel.input.set(part);
    // A copy: `visit` may come back here and would overwrite the table under this loop.
    const offsets = kernel.offsets.slice(0, kernel.lineEnds(part.length));
    for (const offset of offsets) visit(base + offset);
  }
}
