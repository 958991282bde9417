/** Answer of the backtracker when it used up its budget. */
export const gaveUp = 'gave up';

/** What a search found: the offsets of all groups in the text, start and end by turns, -1 for none. */
export interface Found {
  /** Offsets of the whole match, without the cost of the others. */
  readonly start: number;
  readonly end: number;
  /** Worked out on the first call. */
  offsets(): ArrayLike<number>;
  /** Text of a group; undefined when it did not take part. */
  text(group: number): string | undefined;
}

/** What a pattern runs on. */
export type EngineName = 'dfa' | 'backtracker';
