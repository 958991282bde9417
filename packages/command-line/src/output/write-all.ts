import { writeSync } from 'node:fs';
import { blockFor } from '../run/block-for.ts';

/** How long to wait for a reader whose pipe is full and does not block. */
const fullPipeWaitMs = 2;

/**
 * Writes all of a text or of bytes, and waits for whoever reads it.
 *
 * @param start first byte, default 0
 * @param end byte after the last, default the length
 * @throws the system's error; `EPIPE`: the reader has gone
 */
export function writeAll(fd: number, data: string | Uint8Array, start = 0, end?: number): void {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  const stop = end ?? bytes.length;
  for (let at = start; at < stop; ) {
    try {
      at += writeSync(fd, bytes, at, stop - at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      blockFor(fullPipeWaitMs);
    }
  }
}
