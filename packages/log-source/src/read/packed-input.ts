import { readSync } from 'node:fs';

const blockBytes = 65_536;

/** The bytes of an open file in order, of which some can be given back. */
export class PackedInput {
  readonly #fd: number;
  #position = 0;
  #rest: Buffer = Buffer.alloc(0);

  constructor(fd: number) {
    this.#fd = fd;
  }

  /** Offset in the file of the next byte. */
  get offset(): number {
    return this.#position - this.#rest.length;
  }

  /** The next bytes, as many as are at hand; undefined at the file's end. */
  next(): Buffer | undefined {
    const block = this.#rest.length > 0 ? this.#rest : this.#read();
    this.#rest = Buffer.alloc(0);
    return block.length > 0 ? block : undefined;
  }

  /** Exactly so many bytes; undefined, and nothing taken, when the file ends before. */
  take(length: number): Buffer | undefined {
    while (this.#rest.length < length) {
      const block = this.#read();
      if (block.length === 0) return undefined;
      this.#rest = Buffer.concat([this.#rest, block]);
    }
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }

  /** Gives back the end of what {@link next} returned. */
  giveBack(rest: Buffer): void {
    this.#rest = rest;
  }

  #read(): Buffer {
    const block = Buffer.allocUnsafe(blockBytes);
    const length = readSync(this.#fd, block, 0, blockBytes, this.#position);
    this.#position += length;
    return block.subarray(0, length);
  }
}
