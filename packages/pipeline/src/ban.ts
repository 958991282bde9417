import type { Address } from './address.ts';

interface Decision {
  readonly jail: string;
  /** As in the failure: the address's text, or the filter's own id. */
  readonly id: string;
  readonly address?: Address;
  /** When it was decided, in the decision's own time: the last failure's for a ban, the clock's for an unban. */
  readonly timeMs: number;
}

/** Cut this one off. */
export interface Ban extends Decision {
  readonly kind: 'ban';
  /** Length of the ban; `Infinity` is for ever. */
  readonly banTimeMs: number;
  /** `timeMs + banTimeMs`. */
  readonly endMs: number;
  /** Failures that led to it. */
  readonly failures: number;
  /** Which ban of this id it is, from 1. */
  readonly count: number;
  /** True when it is applied again after a restart. */
  readonly restored: boolean;
  /** Last lines that matched, oldest first, bounded by `maxMatches`. */
  readonly matches: readonly string[];
  /** Groups of the last failure. */
  readonly groups: Readonly<Record<string, string>>;
}

/** A banned one failed enough again: nothing to cut, but a sign that the ban does not hold. */
export interface AlreadyBanned extends Decision {
  readonly kind: 'already-banned';
  /** When the standing ban was decided. */
  readonly bannedAtMs: number;
  /** When it ends now. */
  readonly endMs: number;
  /** True when this failure moved the end. */
  readonly extended: boolean;
}

/** A standing ban lasts longer than was decided: fail2ban's `bantime.increment`, or by hand. Follows its `Ban`. */
export interface Prolonged extends Decision {
  readonly kind: 'prolonged';
  /** When the standing ban was decided. */
  readonly bannedAtMs: number;
  /** Length of the ban now, from {@link bannedAtMs}; `Infinity` is for ever. */
  readonly banTimeMs: number;
  /** When it ends now. */
  readonly endMs: number;
  /** Which ban of this id it is, from 1. */
  readonly count: number;
}

/** Let this one in again. */
export interface Unban extends Decision {
  readonly kind: 'unban';
  readonly reason: 'expired' | 'manual';
}

/** What a policy decides and a sink applies. */
export type BanEvent = Ban | AlreadyBanned | Prolonged | Unban;
