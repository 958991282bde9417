import type { PatternSet } from '@sluice/log-matcher';

/**
 * Literals in small letters, for they stand for both cases. None where case is folded beyond ASCII, or where one holds the
 * break at the end of the subject, which is searched and is not in its text.
 */
function literalsOf({ literals, source }: PatternSet['patterns'][number]): readonly string[] | undefined {
  if (source.includes('(?i') || literals?.some((literal) => literal.includes('\n'))) return undefined;
  return literals?.map((literal) => literal.toLowerCase());
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
    const text = subject.toLowerCase();
    this.#literals.forEach((literals, index) => {
      if (literals === undefined || literals.some((literal) => text.includes(literal))) possible.push(index);
    });
    return possible;
  }
}
