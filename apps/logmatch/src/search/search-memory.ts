import type { PatternSet } from '@sluice/log-matcher';

/** More than this is a long line, which need not take the engine's memory. */
const maxEngineBytes = 1_048_576;

/** Memory to read lines into: the engine's own, so that a scan copies nothing, save for very long lines. */
export class SearchMemory {
  readonly #set: PatternSet;
  #own: Buffer = Buffer.alloc(0);

  constructor(set: PatternSet) {
    this.#set = set;
  }

  /** At least so many bytes; what an earlier call gave may be gone. */
  take(bytes: number): Uint8Array {
    if (bytes <= maxEngineBytes) return this.#set.memory(bytes);
    if (this.#own.length < bytes) this.#own = Buffer.allocUnsafe(bytes);
    return this.#own;
  }
}
