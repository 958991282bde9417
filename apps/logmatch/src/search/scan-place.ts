import type { PatternSet } from '@sluice/log-matcher';
import { LineCounter } from './line-counter.ts';
import type { Place } from './printer.ts';

/**
 * The lines that are being searched. They may lie in the memory of a set's engine, which grows while it searches and
 * so takes views of it away: ask for {@link bytes} anew at each use.
 */
export class ScanPlace implements Place {
  path = '';
  offset = 0;
  readonly #set: PatternSet;
  readonly #counter: LineCounter = new LineCounter();
  #bytes: Uint8Array = new Uint8Array(0);
  #address = 0;
  #length = 0;

  constructor(set: PatternSet) {
    this.#set = set;
  }

  get bytes(): Uint8Array {
    if (this.#bytes.length !== this.#length)
      this.#bytes = new Uint8Array(this.#set.memory(1).buffer, this.#address, this.#length);
    return this.#bytes;
  }

  /** Begins an input, or goes on with it. */
  begin(path: string, linesBefore: number): void {
    this.path = path;
    this.#counter.begin(linesBefore);
  }

  /** Goes on with whole lines. */
  enter(bytes: Uint8Array, offset: number): void {
    this.#bytes = bytes;
    this.#address = bytes.byteOffset;
    this.#length = bytes.length;
    this.offset = offset;
    this.#counter.enter();
  }

  numberAt(offset: number): number {
    return this.#counter.numberAt(this.bytes, offset);
  }

  /** Counts the rest of the lines; only where numbers are asked for. */
  countRest(): void {
    this.#counter.leave(this.bytes);
  }
}
