import type { LineScanner } from './line-scanner.ts';

const newline = 10;
const ascending = (a: number, b: number): number => a - b;

/**
 * Walks from hit to hit through the lines of some bytes, and has each line searched once for all its patterns.
 * Line bounds are looked for only around hits, unless some patterns could match any line.
 */
export class LineWalk {
  readonly #scanner: LineScanner;
  readonly #bytes: Uint8Array;
  readonly #always: readonly number[];
  /** For each pattern the number of the line that it was last asked for on. */
  readonly #askedOn: Float64Array;
  #patterns: number[] = [];
  #lineNumber = 0;
  #start = 0;
  /** Offset of the present line's break; -1 before the first line. */
  #end = -1;

  /**
   * @param always patterns to search every line for
   * @param patternCount of the whole set
   */
  constructor(scanner: LineScanner, bytes: Uint8Array, always: readonly number[], patternCount: number) {
    this.#scanner = scanner;
    this.#bytes = bytes;
    this.#always = always;
    this.#askedOn = new Float64Array(patternCount);
  }

  /**
   * Asks for patterns on the line of a byte, which is not before the present line.
   *
   * @returns the end of that line: further hits of the same literal up to there tell nothing new
   */
  hit(position: number, patterns: readonly number[]): number {
    if (position > this.#end) this.#goTo(position);
    for (const pattern of patterns) {
      if (this.#askedOn[pattern] === this.#lineNumber) continue;
      this.#askedOn[pattern] = this.#lineNumber;
      this.#patterns.push(pattern);
    }
    return this.#end;
  }

  /** Searches what is left. */
  finish(): void {
    this.#search();
    if (this.#always.length === 0) return;
    while (this.#end + 1 < this.#bytes.length) this.#visitNext();
  }

  #goTo(position: number): void {
    this.#search();
    if (this.#always.length > 0) {
      while (this.#endFrom(this.#end + 1) < position) this.#visitNext();
      this.#enter(this.#end + 1, this.#endFrom(this.#end + 1));
      return;
    }
    let start = position;
    while (start > this.#end + 1 && this.#bytes[start - 1] !== newline) start -= 1;
    this.#enter(start, this.#endFrom(position));
  }

  #visitNext(): void {
    this.#enter(this.#end + 1, this.#endFrom(this.#end + 1));
    this.#search();
  }

  #enter(start: number, end: number): void {
    this.#start = start;
    this.#end = end;
    this.#lineNumber += 1;
    this.#patterns = [...this.#always];
  }

  #search(): void {
    const patterns = this.#patterns;
    this.#patterns = [];
    if (patterns.length > 0) this.#scanner.line(this.#start, this.#end, patterns.sort(ascending));
  }

  #endFrom(position: number): number {
    const found = this.#bytes.indexOf(newline, position);
    return found === -1 ? this.#bytes.length : found;
  }
}
