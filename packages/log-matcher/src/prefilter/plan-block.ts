import type { EngineMemory } from '../engine/engine-memory.ts';

export const wordBytes = 4;

/** Hands out the parts of one block of memory and writes to them; without a memory it only measures the block. */
export class PlanBlock {
  readonly #start: number;
  readonly #memory: EngineMemory | undefined;
  #top: number;

  constructor(start: number, memory?: EngineMemory) {
    this.#start = start;
    this.#memory = memory;
    this.#top = start;
  }

  /** Bytes handed out. */
  get bytes(): number {
    return this.#top - this.#start;
  }

  /** Address of a new part. */
  take(bytes: number, align: number = wordBytes): number {
    const address = Math.ceil(this.#top / align) * align;
    this.#top = address + bytes;
    return address;
  }

  /** A new part that holds words; its address. */
  words(values: readonly number[]): number {
    const address = this.take(values.length * wordBytes);
    this.#memory?.u32.set(values, address >>> 2);
    return address;
  }

  setWord(address: number, word: number, value: number): void {
    if (this.#memory !== undefined) this.#memory.u32[(address >>> 2) + word] = value;
  }

  setBytes(address: number, values: ArrayLike<number>): void {
    this.#memory?.u8.set(values, address);
  }

  fillWords(address: number, count: number, value: number): void {
    this.#memory?.u32.fill(value, address >>> 2, (address >>> 2) + count);
  }
}
