/** Room in front of what is read, for the beginning of a line that the last chunk ended in. */
const frontBytes = 16_384;
/** The system copies faster to a place that is a multiple of this. */
const alignment = 64;

/**
 * Where a file is read to: the bytes of unfinished lines, and room for more behind them.
 *
 * Bytes are read into the set's own memory, which a scan need not copy, save for lines that go beyond a chunk. Nothing is
 * left in that memory between two calls of {@link begin}: a scan, or another reader of the same set, may change it.
 */
export class LineBuffer {
  #bytes: Uint8Array = new Uint8Array(0);
  #from = 0;
  #to = 0;
  #kept: Uint8Array = new Uint8Array(frontBytes);
  #keptLength = 0;
  readonly #memory: (byteLength: number) => Uint8Array;
  readonly #chunkBytes: number;

  /**
   * @param memory gives room for so many bytes, the same each time or not
   * @param chunkBytes most bytes that are read at once
   */
  constructor(memory: (byteLength: number) => Uint8Array, chunkBytes: number) {
    this.#memory = memory;
    this.#chunkBytes = chunkBytes;
  }

  /** Bytes held. */
  get length(): number {
    return this.#to - this.#from;
  }

  /** Takes up what {@link keep} kept. */
  begin(): void {
    const kept = this.#kept.subarray(0, this.#keptLength);
    if (kept.length > frontBytes) {
      this.#bytes = new Uint8Array(kept.length + this.#chunkBytes);
      this.#from = 0;
    } else {
      this.#bytes = this.#memory(frontBytes + alignment + this.#chunkBytes);
      const place = this.#bytes.byteOffset + frontBytes;
      this.#from = frontBytes + ((alignment - (place % alignment)) % alignment) - kept.length;
    }
    this.#bytes.set(kept, this.#from);
    this.#to = this.#from + kept.length;
  }

  /** Room for bytes behind those held. */
  room(count: number): Uint8Array {
    if (this.#to + count > this.#bytes.length) {
      const larger = new Uint8Array(2 * this.length + count);
      larger.set(this.view(0, this.length));
      this.#to = this.length;
      this.#from = 0;
      this.#bytes = larger;
    }
    return this.#bytes.subarray(this.#to, this.#to + count);
  }

  /** Says that the first bytes of the room are filled. */
  filled(count: number): void {
    this.#to += count;
  }

  /** Forgets the first bytes. */
  drop(count: number): void {
    this.#from += count;
  }

  /** A part of the bytes held, which lie there until {@link begin}. */
  view(start: number, end: number): Uint8Array {
    return this.#bytes.subarray(this.#from + start, this.#from + end);
  }

  /** Index of a byte among those held, or -1. */
  indexOf(byte: number, start: number): number {
    return this.view(0, this.length).indexOf(byte, start);
  }

  /** Index of the last such byte, not before `start`; or -1. */
  lastIndexOf(byte: number, start: number): number {
    const bytes = this.view(0, this.length);
    let at = bytes.length - 1;
    while (at >= start && bytes[at] !== byte) at -= 1;
    return at >= start ? at : -1;
  }

  /** Copies the bytes from `start` on to a safe place, for the next {@link begin}. */
  keep(start: number): void {
    const rest = this.view(start, this.length);
    if (rest.length > this.#kept.length) this.#kept = new Uint8Array(2 * rest.length);
    this.#kept.set(rest);
    this.#keptLength = rest.length;
  }
}
