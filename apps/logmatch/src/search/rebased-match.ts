import type { CandidateLine, LineMatch } from '@sluice/log-matcher';

/** A match whose line stands at the beginning of the bytes that are at hand. */
export class RebasedMatch implements LineMatch {
  readonly pattern: number;
  readonly line: CandidateLine;
  readonly #match: LineMatch;

  constructor(match: LineMatch) {
    const { line } = match;
    this.pattern = match.pattern;
    this.#match = match;
    this.line = {
      offset: 0,
      length: line.length,
      get text() {
        return line.text;
      },
      bytes: () => line.bytes(),
    };
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
