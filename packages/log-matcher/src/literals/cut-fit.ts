import { latin1Decoder } from '../kernel.ts';
import type { Literal } from './literal.ts';

const newline = 10;

/** After so many searches of a line for one literal the line is taken without a search: the time stays linear. */
const maxSearches = 4;

/** A literal's bytes as characters, in lower case: the form in which it is searched for. */
export const searchable = ({ bytes }: Literal): string => String.fromCharCode(...bytes).toLowerCase();

/**
 * Tells whether a literal of which a piece was found may be there once one span of its line is cut out: then the other
 * piece must stand elsewhere on the line, on the right side. May say yes where it is not so, never no where it is.
 */
export class CutFit {
  readonly #texts: readonly string[];
  /** For each literal how often the present line was searched for it. */
  readonly #searches: Uint8Array;
  readonly #bytes: Uint8Array;
  readonly #decode: (start: number, end: number) => string;
  #lineStart = 0;
  #lineEnd = 0;
  #line = '';

  /** @param texts literals as {@link searchable} gives them */
  constructor(texts: readonly string[], bytes: Uint8Array) {
    this.#texts = texts;
    this.#searches = new Uint8Array(texts.length);
    this.#bytes = bytes;
    this.#decode = latin1Decoder(bytes);
  }

  /**
   * Questions come in the order of the lines.
   *
   * @param literal its index
   * @param start where the whole literal would begin
   * @param from the piece found, as large as it gets, is literal[from, to)
   */
  mayFit(literal: number, start: number, from: number, to: number): boolean {
    const text = this.#texts[literal] as string;
    // One cut leaves a beginning or an end of the literal, not a middle.
    if (from > 0 && to < text.length) return false;
    if (start + to > this.#lineEnd) this.#goToLineOf(start + from);
    const searches = this.#searches[literal] as number;
    if (searches === maxSearches) return true;
    this.#searches[literal] = searches + 1;
    if (from === 0) return this.#line.includes(text.slice(to), start + to - this.#lineStart);
    const before = this.#line.indexOf(text.slice(0, from));
    return before !== -1 && this.#lineStart + before <= start;
  }

  #goToLineOf(position: number): void {
    let start = position;
    while (start > this.#lineEnd && this.#bytes[start - 1] !== newline) start -= 1;
    const end = this.#bytes.indexOf(newline, position);
    this.#lineStart = start;
    this.#lineEnd = end === -1 ? this.#bytes.length : end;
    // Lower case of all: a letter whose case matters may be found in the other, which is one line too many at worst.
    this.#line = this.#decode(this.#lineStart, this.#lineEnd).toLowerCase();
    this.#searches.fill(0);
  }
}
