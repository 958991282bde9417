import { analyse, type PatternAnalysis } from './analysis/analyse.ts';
import { cutPlacesOf } from './analysis/cut-places-of.ts';
import { reachOf } from './analysis/reach-of.ts';
import type { CompiledPattern } from './compiled-pattern.ts';
import type { EngineName } from './found.ts';
import type { CutPlaces } from './prefilter/cut-places.ts';
import { isAnchored } from './python-regex/starts.ts';

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
  /**
   * Most code points, from the first one of a match on, on which it depends; `Infinity` when there is no bound. A match that
   * begins in a text's first n code points is found in the text's first n + `reach`, and the same.
   */
  readonly reach: number;
  /** Whether every match begins where the subject begins. */
  readonly beginsAtStart: boolean;
  /**
   * Where a line may be cut by who cuts out of it what a group of this pattern holds, such as a date: as little as the
   * pattern tells. For `cuts` of `PatternSet.candidates`.
   */
  cutPlaces(group: number): CutPlaces;
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

  get reach(): number {
    return reachOf(this.#pattern.parsed);
  }

  get beginsAtStart(): boolean {
    return isAnchored(this.#pattern.parsed.root);
  }

  cutPlaces(group: number): CutPlaces {
    return cutPlacesOf(this.#pattern.parsed, group);
  }
}
