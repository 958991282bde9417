import type { PatternOptions } from '../options.ts';
import type { ParsedPattern } from '../python-regex/ast.ts';

/** What a compiled set is made of, as plain data. */
export interface SetParts {
  /** As the set was compiled with. */
  readonly options: Omit<PatternOptions, 'rejects' | 'sample'>;
  readonly patterns: readonly ParsedPattern[];
  /** What else took time to work out, such as how the literals are looked for. */
  readonly plans: unknown;
}
