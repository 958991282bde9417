import { analyse, type PatternAnalysis } from './analysis/analyse.ts';
import type { CompiledPattern } from './compiled-pattern.ts';
import type { EngineName } from './found.ts';

/** What a set tells of one of its patterns. */
export interface CompiledPatternInfo {
  readonly source: string;
  /** Groups without the whole match. */
  readonly groupCount: number;
  /** Numbers of the groups of each name, ascending. */
  readonly groupNames: ReadonlyMap<string, readonly number[]>;
  /** `dfa`: an automaton, in linear time; `backtracker`: within `maxSteps`. */
  readonly engine: EngineName;
  /** Why the backtracker; undefined for automata. */
  readonly reason: string | undefined;
  /** Literals of which each match contains one, as the prefilter looks for them; undefined when there are none. */
  readonly literals: readonly string[] | undefined;
  /** What can be told of the pattern from its text. */
  readonly analysis: PatternAnalysis;
}

/** Works out what takes time when it is asked for. */
export class PatternInfo implements CompiledPatternInfo {
  readonly source: string;
  readonly groupCount: number;
  readonly groupNames: ReadonlyMap<string, readonly number[]>;
  readonly engine: EngineName;
  readonly reason: string | undefined;
  readonly #pattern: CompiledPattern;
  readonly #literals: () => readonly string[] | undefined;
  #analysis: PatternAnalysis | undefined;

  /** @param literals asked at most when {@link PatternInfo.literals} is */
  constructor(pattern: CompiledPattern, literals: () => readonly string[] | undefined) {
    this.source = pattern.parsed.source;
    this.groupCount = pattern.groupCount;
    this.groupNames = pattern.groupNames;
    this.engine = pattern.engine;
    this.reason = pattern.reason;
    this.#pattern = pattern;
    this.#literals = literals;
    Object.freeze(this);
  }

  get literals(): readonly string[] | undefined {
    return this.#literals();
  }

  get analysis(): PatternAnalysis {
    this.#analysis ??= analyse(this.#pattern.parsed);
    return this.#analysis;
  }
}
