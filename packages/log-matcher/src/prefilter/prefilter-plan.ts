import type { KernelName } from './kernels.ts';

/** What was, or may have been, torn off a needle by a cut. */
export interface NeedleRest {
  readonly side: 'before' | 'after';
  /** Those next to the needle, at most 16. */
  readonly bytes: readonly number[];
  readonly masks: readonly number[];
}

/** Bytes to look for. */
export interface Needle {
  /** A letter of either case is lower case. */
  readonly bytes: readonly number[];
  /** 0x20 where the letter's case does not matter, else 0; `[]` where all are 0. */
  readonly masks: readonly number[];
  /** What else of its literal is wanted on the line, on that side of it. */
  readonly rest?: NeedleRest;
  /** The patterns that ask for it, ascending. */
  readonly patterns: readonly number[];
}

/** Needles that one kernel looks for. */
export interface NeedleGroup {
  readonly kernel: KernelName;
  /**
   * Bytes of a gram that a hash kernel compares: 2 to 4. A needle may be one byte short of a window: then all grams are
   * looked for that may stand at the last phase.
   */
  readonly gramBytes: number;
  /** Leading bytes at a candidate by which its needles are looked up. */
  readonly keyBytes: number;
  /** Indices of the needles. */
  readonly needles: readonly number[];
  /** For each the offset of its window. */
  readonly windows: readonly number[];
  /** Of a nibble kernel: for each of its positions 16 bytes, a bit for each bucket that admits the nibble. */
  readonly tables: readonly number[];
}

/**
 * How the lines are found that patterns may match: pure data, which `structuredClone` and JSON keep.
 *
 * Sound because each match of a pattern with literals holds one of the chosen set, and each of these holds its needles: the
 * literal itself, or, where a span may be cut out of the line, two pieces of which every cut leaves one whole.
 */
export interface PrefilterPlan {
  readonly patternCount: number;
  /** For people: the kernels. */
  readonly kernel: string;
  readonly groups: readonly NeedleGroup[];
  readonly needles: readonly Needle[];
  /** Patterns without literals, ascending: each line may match them. */
  readonly always: readonly number[];
  /** Which of its offers was taken, by pattern; -1 where there is none. */
  readonly chosen: readonly number[];
  /** For people: the literals of each pattern. */
  readonly texts: readonly (readonly string[] | undefined)[];
  readonly estimatedCandidatesPerMb: number;
  /** Lines with a needle, or all of them when there are patterns without literals. */
  readonly estimatedLinesPerMb: number;
  readonly estimatedNsPerMb: number;
}
