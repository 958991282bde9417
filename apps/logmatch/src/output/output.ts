import { writeSync } from 'node:fs';

const bufferBytes = 65_536;
/** An UTF-16 unit takes at most so many bytes of UTF-8. */
const maxBytesPerUnit = 3;
/** How long to wait for a reader whose pipe is full and does not block, in ms. */
const fullPipeWaitMs = 2;

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/**
 * Writes to a file descriptor in big pieces, and waits for whoever reads it.
 *
 * All functions throw the system's error when it cannot be written to; `EPIPE` means that the reader has gone.
 */
export class Output {
  readonly #fd: number;
  readonly #buffer: Buffer = Buffer.allocUnsafe(bufferBytes);
  #length = 0;

  /** @param fd below 0 for nowhere */
  constructor(fd: number) {
    this.#fd = fd;
  }

  /** Bytes [start, end) as they are. */
  bytes(source: Uint8Array, start = 0, end: number = source.length): void {
    const size = end - start;
    if (size > bufferBytes - this.#length) this.flush();
    if (size > bufferBytes) {
      writeAll(this.#fd, source, start, end);
      return;
    }
    this.#buffer.set(source.subarray(start, end), this.#length);
    this.#length += size;
  }

  /** Text as UTF-8. */
  text(text: string): void {
    if (text.length * maxBytesPerUnit > bufferBytes) {
      this.bytes(Buffer.from(text));
      return;
    }
    if (text.length * maxBytesPerUnit > bufferBytes - this.#length) this.flush();
    this.#length += this.#buffer.write(text, this.#length);
  }

  flush(): void {
    const length = this.#length;
    this.#length = 0;
    writeAll(this.#fd, this.#buffer, 0, length);
  }
}

function writeAll(fd: number, source: Uint8Array, start: number, end: number): void {
  if (fd < 0) return;
  for (let at = start; at < end; ) {
    try {
      at += writeSync(fd, source, at, end - at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(sleeper, 0, 0, fullPipeWaitMs);
    }
  }
}
