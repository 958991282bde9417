import { readSync } from 'node:fs';

const windowBytes = 65_536;
/** `\r\n`. */
const maxBreakBytes = 2;

/** Lines of an open file by their offsets, which mostly ascend: read in windows, so that neighbours cost one read. */
export class LineWindow {
  readonly #fd: number;
  #window: Buffer = Buffer.alloc(0);
  #offset = 0;

  constructor(fd: number) {
    this.#fd = fd;
  }

  /** A line and its break; valid until the next call. */
  line(offset: number, length: number): Uint8Array {
    const wanted = length + maxBreakBytes;
    if (offset < this.#offset || offset + wanted > this.#offset + this.#window.length) this.#read(offset, wanted);
    const start = offset - this.#offset;
    return this.#window.subarray(start, start + lineEnd(this.#window.subarray(start), length));
  }

  #read(offset: number, wanted: number): void {
    const window = Buffer.allocUnsafe(Math.max(windowBytes, wanted));
    let length = 0;
    for (let got = -1; got !== 0 && length < wanted; length += got)
      got = readSync(this.#fd, window, length, window.length - length, offset + length);
    this.#window = window.subarray(0, length);
    this.#offset = offset;
  }
}

/** Length of a line with its break, if there is one. */
function lineEnd(bytes: Uint8Array, length: number): number {
  if (bytes[length] === 0x0a) return length + 1;
  return bytes[length] === 0x0d && bytes[length + 1] === 0x0a ? length + 2 : length;
}
