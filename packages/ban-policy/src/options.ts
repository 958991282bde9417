import type { BanEvent, Metrics, RejectSink } from '@sluice/pipeline';
import { asyncScheduler, type SchedulerLike } from 'rxjs';
import type { StandingBan } from './ban-list.ts';
import { check } from './check.ts';
import type { NoticeSink } from './notice.ts';

/** Options of `decideBans` and `BanPolicy`. */
export interface BanPolicyOptions {
  /** Name that the decisions carry. Default `default`. */
  readonly jail?: string;
  /** Failures that make a ban. Default 5. */
  readonly maxRetry?: number;
  /** Time that they have to lie within. Default 600,000 (10 minutes). */
  readonly findTimeMs?: number;
  /** Length of a ban, counted from its last failure; `Infinity` is for ever. Default 600,000 (10 minutes). */
  readonly banTimeMs?: number;
  /** Most lines a ban carries, the last ones. Default `maxRetry`. */
  readonly maxMatches?: number;
  /** Longest line kept for a ban, in UTF-16 units; the rest is cut off. Default 2048, far above ordinary log lines. */
  readonly maxMatchChars?: number;
  /** Who is never banned: addresses, networks, ids; see `IgnoreList`. Default none. */
  readonly ignore?: readonly string[];
  /** Never ban the addresses of this machine's interfaces. Default true. */
  readonly ignoreSelf?: boolean;
  /** Most ids counted, and most whose number of bans is remembered. Default 100,000. */
  readonly maxTracked?: number;
  /** Most bans that stand. One more ends the one that would end first. Default 1,000,000. */
  readonly maxBans?: number;
  /**
   * Latest failures remembered, so that a line read again is not counted again. Default 16,384: more than the lines that
   * a source can have handed out un-acked (1 MiB by default).
   */
  readonly maxSeen?: number;
  /**
   * What time it is when bans end: `scheduler` asks the scheduler, `event` takes the latest failure's time. The second
   * is for replays: the decisions are those that were taken live. Default `scheduler`.
   */
  readonly clock?: 'scheduler' | 'event';
  /** Time and timers. Default RxJS's `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
  /** Bans that stand already. Those that are not over are emitted first, as `restored`. Default none. */
  readonly restore?: Iterable<StandingBan>;
  /** Completes the stream when aborted. */
  readonly signal?: AbortSignal;
  /** Told what happens besides the decisions: found, ignored, expired, repeated. */
  readonly notices?: NoticeSink;
  /** Told of failures that could not be used, of state that fell out of its bound, and of options that have no effect. */
  readonly rejects?: RejectSink;
  readonly metrics?: Metrics;
}

/** Where decisions go. */
export type Decide = (event: BanEvent) => void;

type Optional = 'signal' | 'notices' | 'rejects' | 'metrics';
export type ResolvedOptions = Required<Omit<BanPolicyOptions, Optional>> & Pick<BanPolicyOptions, Optional>;

const mustLast = (option: string, value: unknown): void => {
  if (typeof value !== 'number' || !(value > 0)) throw check.bad(option, 'milliseconds above 0', value);
};

/**
 * Fills in the defaults.
 *
 * @throws BanPolicyError `ERR_BAN_POLICY_OPTION` naming the option, what was expected and what was given
 */
export function resolveOptions(options: BanPolicyOptions): ResolvedOptions {
  const { jail = 'default', findTimeMs = 600_000, banTimeMs = 600_000 } = options;
  const { ignore = [], ignoreSelf = true, restore = [], scheduler = asyncScheduler } = options;
  const maxRetry = check.integer('maxRetry', options.maxRetry, 5, 1);
  mustLast('findTimeMs', findTimeMs);
  mustLast('banTimeMs', banTimeMs);
  if (!Array.isArray(ignore)) throw check.bad('ignore', 'an array of strings', ignore);
  const { signal, notices, rejects, metrics } = options;
  return {
    jail,
    maxRetry,
    maxMatches: check.integer('maxMatches', options.maxMatches, maxRetry, 0),
    maxMatchChars: check.integer('maxMatchChars', options.maxMatchChars, 2048, 1),
    maxTracked: check.integer('maxTracked', options.maxTracked, 100_000, 1),
    maxBans: check.integer('maxBans', options.maxBans, 1_000_000, 1),
    maxSeen: check.integer('maxSeen', options.maxSeen, 16_384, 0),
    findTimeMs,
    banTimeMs,
    ignore,
    ignoreSelf,
    clock: check.word('clock', options.clock, 'scheduler', ['scheduler', 'event']),
    scheduler,
    restore,
    ...(signal && { signal }),
    ...(notices && { notices }),
    ...(rejects && { rejects }),
    ...(metrics && { metrics }),
  };
}
