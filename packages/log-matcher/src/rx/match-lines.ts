import { filter, map, type OperatorFunction } from 'rxjs';
import type { PatternMatch } from '../pattern-match.ts';
import type { PatternSet } from '../pattern-set.ts';

/**
 * Searches each line, given without its break.
 *
 * 1. Emits, for a line that matches, the match of the first pattern in the order of the list; nothing for others.
 * 2. Completes and errors with the source.
 *
 * For whole logs take `matchLog`, which does not decode the lines that cannot match.
 */
export function matchLines(set: PatternSet): OperatorFunction<string, PatternMatch> {
  return (lines) =>
    lines.pipe(
      map((line) => set.match(line)),
      filter((match) => match !== undefined),
    );
}
