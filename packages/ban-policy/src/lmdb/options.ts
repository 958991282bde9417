import { type Clock, type Metrics, type RejectSink, systemClock } from '@sluice/pipeline';
import { check } from '../check.ts';

/** Options of `openBanStore`. */
export interface BanStoreOptions {
  /** Longest time between a change and its being durable, in ms; decisions do not wait for it. From 10, default 1000. */
  readonly flushIntervalMs?: number;
  /** How long past bans are remembered, in ms (fail2ban's `dbpurgeage`). From 1000, default 86,400,000 (a day). */
  readonly purgeAgeMs?: number;
  /** Most lines kept with a ban, the last ones (fail2ban's `dbmaxmatches`). Default 10. */
  readonly maxMatches?: number;
  /**
   * Size of the data from which on past bans are remembered shorter and their lines not at all, in bytes. Bans that stand
   * and counters are always kept; these are bounded by their policies. Default 1 GiB, some 4,000,000 bans.
   */
  readonly maxHistoryBytes?: number;
  /** Told of records that cannot be read, of a file that was moved aside, and of writing that failed. Default: nobody. */
  readonly rejects?: RejectSink;
  /** Where to count, see `banStoreMetrics`. Default: nothing is counted. */
  readonly metrics?: Metrics;
  /** What time it is, for the age of what is remembered. Default: the machine's clock. */
  readonly clock?: Clock;
}

type Optional = 'rejects' | 'metrics';
export type ResolvedStoreOptions = Required<Omit<BanStoreOptions, Optional>> & Pick<BanStoreOptions, Optional>;

/**
 * Fills in the defaults.
 *
 * @throws BanPolicyError `ERR_BAN_POLICY_OPTION` naming the option, what was expected and what was given
 */
export function resolveStoreOptions(options: BanStoreOptions): ResolvedStoreOptions {
  const { rejects, metrics, clock = systemClock } = options;
  check.object('rejects', rejects, ['next']);
  check.object('metrics', metrics, ['add']);
  check.object('clock', clock, ['nowMs']);
  return {
    flushIntervalMs: check.integer('flushIntervalMs', options.flushIntervalMs, 1000, 10, 60_000),
    purgeAgeMs: purgeAge(options.purgeAgeMs ?? 86_400_000),
    maxMatches: maxMatches(options.maxMatches ?? 10),
    maxHistoryBytes: check.integer('maxHistoryBytes', options.maxHistoryBytes, 2 ** 30, 2 ** 20),
    clock,
    ...(rejects && { rejects }),
    ...(metrics && { metrics }),
  };
}

export const purgeAge = (value: number): number =>
  check.integer('purgeAgeMs', value, 86_400_000, 1000, Number.POSITIVE_INFINITY);

export const maxMatches = (value: number): number => check.integer('maxMatches', value, 10, 0);
