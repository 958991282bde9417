import type { CandidateLine } from '../options.ts';
import type { LineMatch } from '../pattern-match.ts';
import { RebasedLine } from './rebased-line.ts';

/**
 * A match whose line has another offset: that in the file of which the scanned bytes are a part, or the other way round.
 * Everything else is read from the match it is made of, and holds as long as that.
 */
export class RebasedMatch implements LineMatch {
  readonly pattern: number;
  readonly line: CandidateLine;
  readonly #match: LineMatch;

  /** @param base bytes added to the offset of the match's line */
  constructor(match: LineMatch, base: number) {
    this.pattern = match.pattern;
    this.line = new RebasedLine(match.line, base);
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
