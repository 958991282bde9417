import type { CandidateLine } from '../options.ts';

/** A line of scanned bytes, placed in what these bytes are a part of. */
export class RebasedLine implements CandidateLine {
  readonly offset: number;
  readonly length: number;
  readonly #line: CandidateLine;

  /** @param base added to the line's offset */
  constructor(line: CandidateLine, base: number) {
    this.offset = base + line.offset;
    this.length = line.length;
    this.#line = line;
  }

  get text(): string {
    return this.#line.text;
  }

  bytes(): Uint8Array {
    return this.#line.bytes();
  }
}
