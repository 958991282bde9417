import { countBreaks, type LineMatch, type PatternSet, type ScanResult } from '@sluice/log-matcher';
import { endOfLine } from './end-of-line.ts';
import { type LineSearch, noTotals, type SearchTotals } from './line-search.ts';
import type { Printer } from './printer.ts';
import { ScanPlace } from './scan-place.ts';
import { SearchMemory } from './search-memory.ts';

const newline = 10;

/** Thrown through a scan to end it. */
const enough = new Error('enough');

export interface PatternSearchOptions {
  readonly invert: boolean;
  /** The set reports every pattern of a line. */
  readonly all: boolean;
  readonly maxCount: number;
  readonly lineNumbers: boolean;
}

/** Searches lines for the patterns of a set. */
export class PatternSearch implements LineSearch {
  readonly totals: SearchTotals;
  readonly set: PatternSet;
  readonly #printer: Printer;
  readonly #options: PatternSearchOptions;
  /** Selected lines of an input after which it is left. */
  readonly #limit: number;
  readonly #memory: SearchMemory;
  readonly #place: ScanPlace;
  #selected = 0;
  #selectedBefore = 0;
  #lineAt = -1;

  constructor(set: PatternSet, printer: Printer, options: PatternSearchOptions) {
    this.set = set;
    this.#printer = printer;
    this.#options = options;
    this.#limit = printer.needsOne ? Math.min(1, options.maxCount) : options.maxCount;
    this.#memory = new SearchMemory(set);
    this.#place = new ScanPlace(set);
    this.totals = noTotals(set.patterns.length);
  }

  memory(bytes: number): Uint8Array {
    return this.#memory.take(bytes);
  }

  begin(path: string, linesBefore = 0, selectedBefore = 0): void {
    this.#place.begin(path, linesBefore);
    this.#selected = selectedBefore;
    this.#selectedBefore = selectedBefore;
    this.#lineAt = -1;
  }

  lines(bytes: Uint8Array, offset: number): boolean {
    const place = this.#place;
    place.enter(bytes, offset);
    const { lineNumbers, invert } = this.#options;
    const wantsMore = invert ? this.#others(place) : this.#scan(bytes, this.#take);
    this.#printer.leave(place);
    if (lineNumbers && wantsMore) place.countRest();
    return wantsMore;
  }

  end(): void {
    const selected = this.#selected - this.#selectedBefore;
    this.totals.selected += selected;
    if (this.#printer.end(this.#place.path, selected)) this.totals.found = true;
  }

  /**
   * Takes a match that another scan found.
   *
   * @param bytes of its line and break
   * @param offset of these in the input
   * @throws what {@link wasEnded} knows, when no more is wanted
   */
  takeFrom(bytes: Uint8Array, offset: number, match: LineMatch): void {
    this.#place.enter(bytes, offset);
    try {
      this.#take(match);
    } finally {
      this.#printer.leave(this.#place);
    }
  }

  readonly #take = (match: LineMatch): void => {
    const offset = this.#place.offset + match.line.offset;
    const isFirst = offset !== this.#lineAt;
    if (isFirst && this.#selected >= this.#limit) throw enough;
    this.totals.hits[match.pattern] = (this.totals.hits[match.pattern] ?? 0) + 1;
    if (isFirst) {
      this.#lineAt = offset;
      this.#selected += 1;
    }
    this.#printer.match(this.#place, match, isFirst);
    if (this.#selected >= this.#limit && !this.#options.all) throw enough;
  };

  /** Adds what a scan counted to the totals. */
  count(bytes: number, { lines, candidates }: ScanResult): void {
    this.totals.bytes += bytes;
    this.totals.lines += lines;
    this.totals.candidates += candidates;
  }

  /** Whether a scan was ended because no more is wanted; throws other errors on. */
  static wasEnded(error: unknown): true {
    if (error === enough) return true;
    throw error;
  }

  #scan(bytes: Uint8Array, sink: (match: LineMatch) => void): boolean {
    if (this.#limit === 0) return false;
    try {
      this.count(bytes.length, this.set.scan(bytes, sink, { source: this.#place }));
      return true;
    } catch (error) {
      return !PatternSearch.wasEnded(error);
    }
  }

  /** The lines between those that match. */
  #others(place: ScanPlace): boolean {
    let from = 0;
    const { length } = place.bytes;
    const pass = (to: number): void => {
      const end = this.#upToLimit(place.bytes, from, to);
      if (end > from) this.#printer.lines(place, from, end);
      if (this.#selected >= this.#limit) throw enough;
    };
    const goesOn = this.#scan(place.bytes, ({ line, pattern }) => {
      this.totals.hits[pattern] = (this.totals.hits[pattern] ?? 0) + 1;
      if (line.offset > from) pass(line.offset);
      from = endOfLine(place.bytes, line);
    });
    if (!goesOn) return false;
    try {
      if (length > from) pass(length);
      return true;
    } catch (error) {
      return !PatternSearch.wasEnded(error);
    }
  }

  /** Counts the lines of [from, to) as selected, as many as are wanted, and returns where those end. */
  #upToLimit(bytes: Uint8Array, from: number, to: number): number {
    const unfinished = bytes[to - 1] === newline ? 0 : 1;
    const lines = countBreaks(bytes.subarray(from, to)) + unfinished;
    const wanted = this.#limit - this.#selected;
    this.#selected += Math.min(lines, wanted);
    if (lines <= wanted) return to;
    let end = from;
    for (let line = 0; line < wanted; line += 1) end = bytes.indexOf(newline, end) + 1;
    return end;
  }
}
