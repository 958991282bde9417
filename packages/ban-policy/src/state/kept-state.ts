import type { StandingBan } from '../ban-list.ts';

/** A ban with what it was made of: what a restart needs to apply it again. */
export interface KeptBan extends StandingBan {
  /** Length as it was decided first, before any prolongation; `Infinity` is for ever. */
  readonly banTimeMs: number;
  /** Time of the failure that moved the end last, where one did: the ban's length counts from there. */
  readonly extendedAtMs?: number;
  /** Last lines that matched, oldest first. */
  readonly matches: readonly string[];
  /** Groups of the last failure. */
  readonly groups: Readonly<Record<string, string>>;
}

/** What is counted of one id that fails: `Tally` as plain data. */
export interface KeptTally {
  readonly firstMs: number;
  readonly timeMs: number;
  readonly retry: number;
  readonly failures: number;
  readonly matches: readonly string[];
  /** Times of the failures, oldest first, where the window is exact. */
  readonly times?: readonly number[];
}

/** Up to where the lines of one source were counted. */
export interface SeenMark {
  /** Of the last line that was counted, in bytes: all before it are done. */
  readonly offset: number;
  /** Whose failures in that line were counted: a line with a host name holds one for each of its addresses. */
  readonly ids: readonly string[];
}

/** What is kept of one jail. */
export interface KeptJail {
  /** Bans that stood, in the order they were decided. */
  readonly bans: readonly KeptBan[];
  readonly tallies: ReadonlyMap<string, KeptTally>;
  /** For each source of lines (`Failure.sourceId`) what is not counted again after a restart. */
  readonly seen: ReadonlyMap<string, SeenMark>;
}

/** What has changed in one jail; `undefined` for an entry removes it. */
export interface JailChange {
  readonly bans: ReadonlyMap<string, KeptBan | undefined>;
  readonly tallies: ReadonlyMap<string, KeptTally | undefined>;
  readonly seen: ReadonlyMap<string, SeenMark | undefined>;
  /** Ids whose history is to be forgotten, as fail2ban does when a ban is ended by hand. Comes before {@link decided}. */
  readonly forgotten: readonly string[];
  /** Bans decided since the last change, for the history; those of one id in their order. Restored ones are not among them. */
  readonly decided: readonly KeptBan[];
}
