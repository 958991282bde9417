/** Answer of an engine that used up its budget. */
export const gaveUp = 'gave up';

/** What an engine found: the offsets of all groups in the text it searched, start and end by turns, -1 for none. */
export interface Found {
  /** Offsets of the whole match, without the cost of the others. */
  readonly start: number;
  readonly end: number;
  /** Worked out on the first call. */
  offsets(): ArrayLike<number>;
  /** Text of a group; undefined when it did not take part. */
  text(group: number): string | undefined;
}

export type EngineName = 'dfa' | 'backtracker';

/** Searches one text for one pattern. */
export interface Engine {
  readonly name: EngineName;
  /**
   * The leftmost match, by Python's priorities.
   *
   * @param isAscii whether the caller knows that the text has ASCII characters only
   */
  search(text: string, isAscii: boolean): Found | undefined | typeof gaveUp;
}
