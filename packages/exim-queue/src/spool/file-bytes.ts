import { readSync } from 'node:fs';

/** Envelopes fit, headers mostly do. A read of less takes the system as long. */
const firstBytes = 16_384;
const growth = 4;
/** A larger buffer is not kept for the next file. */
const maxKeptBytes = 262_144;

/** Longest -H that is read where nobody says otherwise. */
export const usualMaxHeaderFileBytes: number = 8 << 20;

/**
 * The beginning of a file, in a buffer that is used for one file after another: a read from the cache costs less than
 * memory for it. A read that comes short ends with the file, so that its size need not be asked for.
 */
export class FileBytes {
  buffer: Buffer = Buffer.allocUnsafeSlow(firstBytes + 1);
  length = 0;
  /** Whether all of the file is here. */
  isWhole = false;
  readonly #maxBytes: number;

  /** @param maxBytes most bytes that a file may have */
  constructor(maxBytes: number = usualMaxHeaderFileBytes) {
    // Only a read that comes short tells that a file of so many bytes is at its end.
    this.#maxBytes = maxBytes + 1;
  }

  /** Reads the beginning of a file. */
  begin(fd: number): void {
    if (this.buffer.length > maxKeptBytes) this.buffer = Buffer.allocUnsafeSlow(firstBytes + 1);
    this.length = 0;
    this.isWhole = false;
    this.#read(fd, Math.min(this.buffer.length - 1, this.#maxBytes));
  }

  /** Reads more of the same file; false when there is no more, or none that may be read. */
  more(fd: number): boolean {
    if (this.isWhole || this.length >= this.#maxBytes) return false;
    const wanted = Math.min(this.length * growth, this.#maxBytes);
    if (wanted > this.buffer.length - 1) {
      const larger = Buffer.allocUnsafeSlow(wanted + 1);
      this.buffer.copy(larger, 0, 0, this.length);
      this.buffer = larger;
    }
    this.#read(fd, wanted);
    return true;
  }

  #read(fd: number, wanted: number): void {
    const { length } = this;
    const got = readSync(fd, this.buffer, length, wanted - length, null);
    this.length = length + got;
    this.isWhole = got < wanted - length;
    this.buffer[this.length] = 0;
  }
}
