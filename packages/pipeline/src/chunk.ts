/** What bytes are read from. */
export interface ChunkSource {
  /** Identity that survives a rename: two chunks with one id and offset hold the same bytes, also after a restart. */
  readonly id: string;
  /** Path as opened, or `<stdin>`. */
  readonly path: string;
}

/**
 * How the last line of a chunk ends:
 * - `break`: with a line break;
 * - `end`: the input ended without one;
 * - `cut`: the line is longer than the source's `maxLineBytes`; the chunk holds its first bytes, the rest is skipped
 *   and counted by the source, and the next chunk begins after the line's break.
 */
export type ChunkEnding = 'break' | 'end' | 'cut';

/**
 * Whole lines as bytes: the currency below the matcher.
 *
 * Guarantees: a chunk begins at the beginning of a line; it is never empty; `bytes` is valid until {@link ack};
 * chunks of one source arrive in the order of their offsets.
 */
export interface Chunk {
  readonly source: ChunkSource;
  readonly bytes: Uint8Array;
  /** Offset of the first byte in the (decompressed) source. A double, exact to 2^53. */
  readonly offset: number;
  readonly ending: ChunkEnding;
  /** False while the source is being read to its end for the first time, true for what was written since. */
  readonly live: boolean;
  /**
   * Says that the chunk's effects are complete: gives its credit back and commits its position. Idempotent.
   * See {@link autoAck} for who calls it.
   */
  ack(): void;
}

/**
 * Hands a chunk to a consumer, and acks it when the consumer returns unless acks are left to the consumer.
 *
 * A source calls this for each chunk. A purely synchronous pipeline so needs to know nothing of acks; one that works on
 * a chunk asynchronously asks its source for `ack: 'manual'` and calls {@link Chunk.ack} itself.
 */
export function autoAck(chunk: Chunk, ack: 'auto' | 'manual', next: (chunk: Chunk) => void): void {
  next(chunk);
  if (ack === 'auto') chunk.ack();
}
