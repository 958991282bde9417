import { Backtracker } from './backtracker/backtracker.ts';
import { leastCacheBytes } from './dfa/least-cache.ts';
import type { DfaSearch } from './engine/dfa-search.ts';
import type { EnginePattern } from './engine/engine-pattern.ts';
import { blockUnits } from './engine/long-search.ts';
import { settledGroups } from './engine/settled-groups.ts';
import type { EngineName, Found, gaveUp } from './found.ts';
import { parseJavaScriptPattern } from './javascript-regex/parse.ts';
import { literalPattern } from './literal-list/literal-pattern.ts';
import { LogMatcherError } from './log-matcher-error.ts';
import type { MatchedPattern } from './pattern-match.ts';
import { regularityOf } from './program/regularity-of.ts';
import type { ParsedPattern } from './python-regex/ast.ts';
import { parsePattern } from './python-regex/parse.ts';

export interface CompileOptions {
  readonly dialect: 'python' | 'javascript' | 'literal';
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly maxSteps: number;
  readonly maxMemoryBytes: number;
}

/** A pattern ready to search for. */
export class CompiledPattern implements MatchedPattern, EnginePattern {
  readonly index: number;
  readonly parsed: ParsedPattern;
  /** Why it has no automaton; undefined when it has one. */
  readonly reason: string | undefined;
  /** Of its automaton, at most. */
  readonly instructions: number;
  readonly settled: Uint8Array;
  readonly #maxSteps: number;
  #backtracker: Backtracker | undefined;

  constructor(index: number, parsed: ParsedPattern, maxSteps: number) {
    this.index = index;
    this.parsed = parsed;
    const { reason, instructions } = regularityOf(parsed);
    this.reason = reason;
    this.instructions = instructions;
    this.settled = settledGroups(parsed);
    this.#maxSteps = maxSteps;
  }

  get groupCount(): number {
    return this.parsed.groupCount;
  }

  get groupNames(): ReadonlyMap<string, readonly number[]> {
    return this.parsed.groupNames;
  }

  /** Steps of the backtracker. */
  get steps(): number {
    return this.#backtracker?.steps ?? 0;
  }

  get engine(): EngineName {
    return this.reason === undefined ? 'dfa' : 'backtracker';
  }

  /**
   * The leftmost match, by the priorities of the pattern's dialect.
   *
   * @param text as it is searched, with the final break
   */
  search(text: string, automata: DfaSearch): Found | undefined | typeof gaveUp {
    if (this.reason === undefined) {
      const found = automata.search(this.index, text);
      if (found !== 'no unit') return found;
    }
    this.#backtracker ??= new Backtracker(this.parsed, this.#maxSteps);
    return this.#backtracker.search(text);
  }
}

function parse(source: string, index: number, options: CompileOptions): ParsedPattern {
  const { dialect, ignoreCase, multiline } = options;
  if (dialect === 'literal') return literalPattern(source, { ignoreCase });
  if (dialect === 'javascript') return parseJavaScriptPattern(source, { ignoreCase, multiline, pattern: index });
  return parsePattern(source, { ignoreCase, multiline, pattern: index });
}

function checkMemory(pattern: CompiledPattern, maxMemoryBytes: number): void {
  if (pattern.reason !== undefined) return;
  const least = leastCacheBytes(pattern.instructions, blockUnits);
  if (least <= maxMemoryBytes) return;
  const fault = `may need ${least} bytes of memory, more than the ${maxMemoryBytes} of maxMemoryBytes`;
  throw new LogMatcherError('ERR_LOG_MATCHER_MEMORY', fault, {
    pattern: pattern.index,
    value: least,
    limit: maxMemoryBytes,
    cure: `set maxMemoryBytes to ${least} or more, or use smaller counts in the pattern`,
  });
}

/** Parses a pattern. Throws what the parser throws, and `ERR_LOG_MATCHER_MEMORY`. */
export function compilePattern(source: string, index: number, options: CompileOptions): CompiledPattern {
  return readyPattern(parse(source, index, options), index, options);
}

/** A parsed pattern, ready to search for. Throws `ERR_LOG_MATCHER_MEMORY`. */
export function readyPattern(parsed: ParsedPattern, index: number, options: CompileOptions): CompiledPattern {
  const pattern = new CompiledPattern(index, parsed, options.maxSteps);
  checkMemory(pattern, options.maxMemoryBytes);
  return pattern;
}
