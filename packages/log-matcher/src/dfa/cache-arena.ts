import type { EngineMemory } from '../engine/engine-memory.ts';

const chunkBytes = 65_536;

/**
 * The part of an engine's memory that holds what automata have worked out: handed out from chunk to chunk, and taken
 * back all at once.
 */
export class CacheArena {
  readonly #memory: EngineMemory;
  readonly #maxBytes: number;
  readonly #chunks: { readonly address: number; readonly bytes: number }[] = [];
  #chunk = -1;
  #top = 0;
  #end = 0;
  #charged = 0;

  /** @param maxBytes most bytes in use at once, what is kept elsewhere included */
  constructor(memory: EngineMemory, maxBytes: number) {
    this.#memory = memory;
    this.#maxBytes = maxBytes;
  }

  /** Bytes in use. */
  get bytes(): number {
    return this.#charged;
  }

  /**
   * Hands out a block, not cleared.
   *
   * @param bytes a multiple of 8
   * @param besides bytes that are kept elsewhere for the same purpose
   * @returns its address, a multiple of 8; 0 when the arena is full
   */
  alloc(bytes: number, besides: number): number {
    if (this.#charged + bytes + besides > this.#maxBytes) return 0;
    while (this.#top + bytes > this.#end) if (!this.#nextChunk(bytes)) return 0;
    this.#charged += bytes + besides;
    const address = this.#top;
    this.#top += bytes;
    return address;
  }

  #nextChunk(least: number): boolean {
    this.#chunk += 1;
    if (this.#chunk === this.#chunks.length) {
      const bytes = Math.max(chunkBytes, least);
      if (this.#memory.usedBytes + bytes > this.#memory.maxBytes) {
        this.#chunk -= 1;
        return false;
      }
      this.#chunks.push({ address: this.#memory.alloc(bytes), bytes });
    }
    const { address, bytes } = this.#chunks[this.#chunk] as { address: number; bytes: number };
    this.#top = address;
    this.#end = address + bytes;
    return true;
  }

  /** Takes all blocks back. */
  reset(): void {
    this.#chunk = -1;
    this.#top = 0;
    this.#end = 0;
    this.#charged = 0;
  }
}
