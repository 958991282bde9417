import type { ChunkEnding, ChunkSource } from '@sluice/pipeline';
import type { Meter } from '../metrics.ts';
import type { ChunkOutput } from './chunk-output.ts';
import { type LineSpan, lineSpan } from './line-span.ts';

/** Makes chunks of whole lines from blocks of any size: for what cannot be read twice, as a stream. */
export class LineAssembler {
  readonly #output: ChunkOutput;
  readonly #meter: Meter;
  readonly #maxLineBytes: number;
  readonly #source: ChunkSource;
  readonly #live: boolean;
  readonly #onAck: () => void;
  #buffer: Buffer;
  #length = 0;
  /** Offset of the buffer's first byte in the source. */
  #offset = 0;
  #inCut = false;

  /** @param onAck called for each chunk when it is acked */
  constructor(
    place: { readonly source: ChunkSource; readonly live: boolean; readonly maxLineBytes: number },
    output: ChunkOutput,
    meter: Meter,
    onAck: () => void,
  ) {
    this.#output = output;
    this.#meter = meter;
    this.#maxLineBytes = place.maxLineBytes;
    this.#source = place.source;
    this.#live = place.live;
    this.#onAck = onAck;
    this.#buffer = output.buffers.take();
  }

  /** Bytes that were taken so far, and so the offset of the next one. */
  get taken(): number {
    return this.#offset + this.#length;
  }

  /** Takes as much of a block as there is room for; returns how much that was. It is copied. */
  fill(block: Uint8Array): number {
    const taken = Math.min(block.length, this.#buffer.length - this.#length);
    this.#buffer.set(block.subarray(0, taken), this.#length);
    this.#length += taken;
    return taken;
  }

  /** Hands out one chunk of the whole lines that it has. False when there is none. */
  emit(): boolean {
    const span = lineSpan(this.#buffer, 0, this.#length, this.#inCut, this.#maxLineBytes);
    this.#meter.skipped(span.start);
    const has = span.end > span.start;
    this.#pass(span, span.ending);
    return has;
  }

  /** Hands out the unfinished line at the input's end. False when there is none. */
  emitRest(): boolean {
    const has = this.#length > 0 && !this.#inCut;
    if (has) this.#pass({ start: 0, end: this.#length, ending: 'break', inCut: false }, 'end');
    return has;
  }

  /** Hands out the span and keeps what comes after it, in a buffer of its own. */
  #pass({ start, end, inCut }: LineSpan, ending: ChunkEnding): void {
    const buffer = this.#buffer;
    const offset = this.#offset + start;
    const rest = buffer.subarray(end, this.#length);
    this.#offset += end;
    this.#length = rest.length;
    this.#inCut = inCut;
    if (end === start) {
      rest.copy(buffer);
      return;
    }
    this.#buffer = this.#output.buffers.take();
    rest.copy(this.#buffer);
    this.#output.emit({ source: this.#source, buffer, start, end, offset, ending, live: this.#live }, this.#onAck);
  }
}
