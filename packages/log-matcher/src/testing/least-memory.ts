import { LogMatcherError } from '../log-matcher-error.ts';
import type { PatternOptions } from '../options.ts';
import { PatternSet } from '../pattern-set.ts';

/** The least `maxMemoryBytes` that is taken for some patterns, as the refusal says it. */
export function leastMemory(patterns: readonly string[], options: PatternOptions = {}): number {
  const needs = patterns.map((pattern) => {
    try {
      PatternSet.compile([pattern], { ...options, maxMemoryBytes: 1 });
      return 1;
    } catch (error) {
      if (error instanceof LogMatcherError && error.code === 'ERR_LOG_MATCHER_MEMORY') return error.value as number;
      throw error;
    }
  });
  return Math.max(...needs);
}
