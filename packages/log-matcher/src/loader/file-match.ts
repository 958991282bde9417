import type { CandidateLine, ScanOptions } from '../options.ts';
import type { LineMatch } from '../pattern-match.ts';

/** A line of scanned bytes, placed in the file that these are from. */
class FileLine implements CandidateLine {
  readonly offset: number;
  readonly length: number;
  readonly #line: CandidateLine;

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

/** A match whose line's offset is that in the file. */
class FileMatch implements LineMatch {
  readonly pattern: number;
  readonly line: CandidateLine;
  readonly #match: LineMatch;

  constructor(match: LineMatch, base: number) {
    this.pattern = match.pattern;
    this.line = new FileLine(match.line, base);
    this.#match = match;
  }

  get subject(): string {
    return this.#match.subject;
  }

  start(group?: number | string): number {
    return this.#match.start(group);
  }

  end(group?: number | string): number {
    return this.#match.end(group);
  }

  text(group?: number | string): string | undefined {
    return this.#match.text(group);
  }

  groups(): Record<string, string> {
    return this.#match.groups();
  }
}

/** The match as one in a file, of which the scanned bytes begin at `base`. */
export const fileMatch = (match: LineMatch, base: number): LineMatch => new FileMatch(match, base);

/** The cut as one that is told offsets in the file. */
export const fileCut =
  (cut: NonNullable<ScanOptions['cut']>, base: number): NonNullable<ScanOptions['cut']> =>
  (line) =>
    cut(new FileLine(line, base));
