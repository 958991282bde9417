import { autoAck, type Chunk, type ChunkEnding, type ChunkSource } from '@sluice/pipeline';
import type { Meter } from '../metrics.ts';
import type { CommonSettings } from '../settings.ts';
import { ChunkBuffers } from './chunk-buffers.ts';

/** Lines in a buffer that is taken from {@link ChunkOutput.buffers} and passes to the chunk. */
export interface Piece {
  readonly source: ChunkSource;
  readonly buffer: Buffer;
  readonly start: number;
  readonly end: number;
  /** Offset of `buffer[start]` in the source. */
  readonly offset: number;
  readonly ending: ChunkEnding;
  readonly live: boolean;
}

/** A chunk this much smaller than its buffer does not keep the buffer while it waits for its ack. */
const copyBelow = 1 / 8;

/** How far back a reader looks to see whether a file is still what it was, in bytes. */
export const overlapBytes = 256;

/** Where readers hand out their chunks. */
export class ChunkOutput {
  readonly buffers: ChunkBuffers;
  readonly #ack: 'auto' | 'manual';
  readonly #meter: Meter;
  readonly #next: (chunk: Chunk) => void;

  constructor(settings: CommonSettings, meter: Meter, next: (chunk: Chunk) => void) {
    this.buffers = new ChunkBuffers(overlapBytes + Math.max(settings.chunkBytes, settings.maxLineBytes + 1));
    this.#ack = settings.ack;
    this.#meter = meter;
    this.#next = next;
  }

  /** Hands out one chunk. `onAck` is called once, maybe before this returns. */
  emit(piece: Piece, onAck: () => void): void {
    const { source, buffer, start, end, offset, ending, live } = piece;
    const copies = this.#ack === 'manual' && end - start < buffer.length * copyBelow;
    const bytes = copies ? Buffer.from(buffer.subarray(start, end)) : buffer.subarray(start, end);
    if (copies) this.buffers.give(buffer);
    let acked = false;
    const ack = (): void => {
      if (acked) return;
      acked = true;
      if (!copies) this.buffers.give(buffer);
      onAck();
    };
    this.#meter.chunk(bytes, ending);
    autoAck({ source, bytes, offset, ending, live, ack }, this.#ack, this.#next);
  }
}
