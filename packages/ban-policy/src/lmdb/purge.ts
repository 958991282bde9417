import type { StoreKey } from './keys.ts';
import type { BanRecord, LastRecord, PastRecord, SeenRecord, TallyRecord } from './records.ts';
import type { Table } from './table.ts';
import type { Tables } from './tables.ts';

/** By what records are forgotten. */
export interface PurgeRules {
  readonly nowMs: number;
  readonly purgeAgeMs: number;
  /** Whether the jail of this key takes part now: it then sees to its bans and counters itself. */
  readonly isOpen: (jailKey: string) => boolean;
}

/** Few enough to take a millisecond or two. */
const perStep = 500;
/** Of marks of sources that were rotated away: no line of theirs comes again. */
const seenAgeMs = 30 * 86_400_000;

const oldest = ({ nowMs, purgeAgeMs }: PurgeRules): number => nowMs - purgeAgeMs;

const isOver = {
  past: (_: StoreKey, { timeMs }: PastRecord, rules: PurgeRules): boolean => timeMs < oldest(rules),
  last: (_: StoreKey, { timeMs, banTimeMs }: LastRecord, rules: PurgeRules): boolean =>
    timeMs + 3 * banTimeMs < oldest(rules),
  seen: (_: StoreKey, { notedMs }: SeenRecord, { nowMs }: PurgeRules): boolean => notedMs < nowMs - seenAgeMs,
  tallies: ([jail]: StoreKey, { timeMs }: TallyRecord, rules: PurgeRules): boolean =>
    timeMs < oldest(rules) && !rules.isOpen(jail),
  bans: ([jail]: StoreKey, { endMs }: BanRecord, rules: PurgeRules): boolean =>
    endMs < oldest(rules) && !rules.isOpen(jail),
};

/**
 * Forgets what is too old, a few records a step, so that a million of them block nothing. The ages are fail2ban's: a past
 * ban is forgotten when it is older than the purge age, the last ban of an id when moreover three times its length are
 * over; one for ever stays.
 */
export class Purge {
  readonly #steps: readonly StepOf[];
  #at = 0;
  #after: StoreKey | undefined;

  constructor({ past, last, seen, tallies, bans }: Tables) {
    this.#steps = [
      (after, rules) => step(past, isOver.past, after, rules),
      (after, rules) => step(last, isOver.last, after, rules),
      (after, rules) => step(seen, isOver.seen, after, rules),
      (after, rules) => step(tallies, isOver.tallies, after, rules),
      (after, rules) => step(bans, isOver.bans, after, rules),
    ];
  }

  /** Looks at some records. @returns how many were forgotten, and whether this step ended a round over all */
  step(rules: PurgeRules): { readonly forgotten: number; readonly isRound: boolean } {
    const { forgotten, next } = (this.#steps[this.#at] as StepOf)(this.#after, rules);
    this.#after = next;
    if (next === undefined) this.#at = (this.#at + 1) % this.#steps.length;
    return { forgotten, isRound: next === undefined && this.#at === 0 };
  }
}

type StepOf = (after: StoreKey | undefined, rules: PurgeRules) => Step;

interface Step {
  readonly forgotten: number;
  /** Where the next step goes on; undefined when the table is done. */
  readonly next: StoreKey | undefined;
}

function step<V extends object>(
  table: Table<V>,
  isOld: (key: StoreKey, record: V, rules: PurgeRules) => boolean,
  after: StoreKey | undefined,
  rules: PurgeRules,
): Step {
  const found = table.after(after, perStep);
  let forgotten = 0;
  for (const { key, value } of found)
    if (value !== undefined && isOld(key, value, rules)) {
      table.remove(key);
      forgotten += 1;
    }
  return { forgotten, next: found.length === perStep ? found.at(-1)?.key : undefined };
}
