import { writeAll } from '@sluice/command-line';

const bufferBytes = 65_536;
/** An UTF-16 unit takes at most so many bytes of UTF-8. */
const maxBytesPerUnit = 3;

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
      this.#write(source, start, end);
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
    this.#write(this.#buffer, 0, length);
  }

  #write(source: Uint8Array, start: number, end: number): void {
    if (this.#fd >= 0) writeAll(this.#fd, source, start, end);
  }
}
