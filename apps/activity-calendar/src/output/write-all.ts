import { writeSync } from 'node:fs';

/** How long to wait for a reader whose pipe is full and does not block, in ms. */
const fullPipeWaitMs = 2;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Writes all of a text, and waits for whoever reads it. Throws the system's error; `EPIPE`: the reader has gone. */
export function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(sleeper, 0, 0, fullPipeWaitMs);
    }
  }
}
