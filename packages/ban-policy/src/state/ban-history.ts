/** The last ban of an id in one jail. */
export interface PastBan {
  readonly timeMs: number;
  /** Its length at the end, prolongation included; `Infinity` is for ever. */
  readonly banTimeMs: number;
  /** Which ban of this id it was, from 1. */
  readonly count: number;
}

/** Past bans of one id, put together: what `<ipmatches>` and `<ipfailures>` stand for. */
export interface PastFailures {
  readonly failures: number;
  /** Oldest first. */
  readonly matches: readonly string[];
}

/**
 * What is remembered of past bans of one jail, and of the other jails that share the store. Answers at once, with all that
 * the jails' `collect` has given, committed or not.
 */
export interface BanHistory {
  /** The last ban of the id in this jail. */
  lastBan(id: string): PastBan | undefined;
  /** The last ban of the id in any jail, `count` being the sum over all jails (fail2ban's `bantime.overalljails`). */
  lastBanOverall(id: string): PastBan | undefined;
  /** Failures and lines of the bans of the id that are remembered, in this jail or in all. */
  failuresOf(id: string, where: 'jail' | 'overall'): PastFailures;
}
