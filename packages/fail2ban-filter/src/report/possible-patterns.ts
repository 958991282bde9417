import type { PatternSet } from '@sluice/log-matcher';

/** A break at the end of the subject is searched, and is not in its text; case may be folded. */
function literalsOf({ literals, source }: PatternSet['patterns'][number]): readonly string[] | undefined {
  return literals?.some((literal) => literal.includes('\n')) || source.includes('(?i') ? undefined : literals;
}

/** Rules out patterns of a set by the literals that each of their matches holds. */
export class PossiblePatterns {
  readonly isChosen: boolean;
  readonly #literals: readonly (readonly string[] | undefined)[];

  /** @param chosen false rules nothing out */
  constructor(set: PatternSet, chosen: boolean) {
    this.isChosen = chosen;
    this.#literals = set.patterns.map((pattern) => (chosen ? literalsOf(pattern) : undefined));
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
