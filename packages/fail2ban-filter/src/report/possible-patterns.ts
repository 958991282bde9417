import type { PatternSet } from '@sluice/log-matcher';

/** Rules out patterns of a set by the literals that each of their matches holds. */
export class PossiblePatterns {
  readonly #literals: readonly (readonly string[] | undefined)[];

  constructor(set: PatternSet) {
    this.#literals = set.patterns.map(({ literals, source }) =>
      // A break at the end of the subject is searched, and is not in its text; case may be folded.
      literals?.some((literal) => literal.includes('\n')) || source.includes('(?i') ? undefined : literals,
    );
  }

  /** Indices of the patterns that may match, ascending. */
  in(subject: string): number[] {
    const possible: number[] = [];
    this.#literals.forEach((literals, index) => {
      if (literals === undefined || literals.some((literal) => subject.includes(literal))) possible.push(index);
    });
    return possible;
  }
}
