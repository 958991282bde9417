/** The bytes of some blocks in order, as many at a time as are asked for. */
export class PackedBytes {
  readonly #blocks: Iterator<Uint8Array>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(blocks: Iterable<Uint8Array>) {
    this.#blocks = blocks[Symbol.iterator]();
  }

  /** Exactly so many bytes; fewer only at the end. */
  take(length: number): Buffer {
    while (this.#rest.length < length) {
      const { value, done } = this.#blocks.next();
      if (done) break;
      this.#rest = Buffer.concat([this.#rest, value]);
    }
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }
}
