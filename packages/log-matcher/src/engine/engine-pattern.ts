import type { ParsedPattern } from '../python-regex/ast.ts';

/** What an engine needs to know of a pattern. */
export interface EnginePattern {
  readonly parsed: ParsedPattern;
  /** Why it has no automaton; undefined when it has one. */
  readonly reason: string | undefined;
  /** See `settledGroups`. */
  readonly settled: Uint8Array;
}
