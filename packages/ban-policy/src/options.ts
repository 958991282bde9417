import type { BanEvent, Metrics, NameResolver, RejectSink } from '@sluice/pipeline';
import { asyncScheduler, type SchedulerLike } from 'rxjs';
import type { StandingBan } from './ban-list.ts';
import { check } from './check.ts';
import type { IgnoreCommand } from './ignore/asked-command.ts';
import { checkIgnoreCache, checkIgnored } from './ignore/check-ignored.ts';
import type { IgnoreCacheOptions } from './ignore/verdict-cache.ts';
import type { BanTimeIncrement } from './increment/ban-time-increment.ts';
import type { NoticeSink } from './notice.ts';
import type { BanStore } from './state/ban-store.ts';

/** What a policy decides by; `BanPolicy.reconfigure` takes others while it runs. */
export interface BanRules {
  /** Failures that make a ban. Default 5. */
  readonly maxRetry?: number;
  /** Time that they have to lie within; with 0 only failures of the same moment count together. Default 600,000 (10 minutes). */
  readonly findTimeMs?: number;
  /** How failures are counted: by fail2ban's rate estimate, or exactly, with a time for each. Default `estimate`. */
  readonly window?: 'estimate' | 'exact';
  /** Length of a ban, counted from its last failure; `Infinity` is for ever, 0 bans nobody. Default 600,000 (10 minutes). */
  readonly banTimeMs?: number;
  /**
   * Longer bans, and failures that count more, for those who were banned before: fail2ban's `bantime.increment`. Default
   * none.
   */
  readonly increment?: BanTimeIncrement;
  /** Most lines a ban carries, the last ones. Default `maxRetry`. */
  readonly maxMatches?: number;
  /** Most lines of a standing ban that are kept, the last ones (fail2ban's `dbmaxmatches`). Default 10. */
  readonly maxKeptMatches?: number;
  /** Longest line kept for a ban, in UTF-16 units; the rest is cut off. Default 2048, far above ordinary log lines. */
  readonly maxMatchChars?: number;
  /**
   * Who is never banned: addresses, networks, ids, and with a `resolver` host names, see `IgnoreList`; `file:/path` for a
   * file of such entries, which is read again when it changes. Default none.
   */
  readonly ignore?: readonly string[];
  /** Never ban the addresses of this machine: those of its interfaces, with a `resolver` also of its names. Default true. */
  readonly ignoreSelf?: boolean;
  /** Asked about everybody whom no other rule spares. Default none. */
  readonly ignoreCommand?: IgnoreCommand;
  /** How long an answer of it is waited for. Default 60,000. */
  readonly ignoreCommandTimeoutMs?: number;
  /** Keeps verdicts for a while. Default none. */
  readonly ignoreCache?: IgnoreCacheOptions;
}

/** Options of `decideBans` and `BanPolicy`. */
export interface BanPolicyOptions extends BanRules {
  /** Name that the decisions carry. Default `default`. */
  readonly jail?: string;
  /** Most ids counted, and without a store most whose bans are remembered. Default 100,000. */
  readonly maxTracked?: number;
  /** Most bans that stand. One more ends the one that would end first. Default 1,000,000. */
  readonly maxBans?: number;
  /**
   * Latest failures remembered, so that a line read again is not counted again. Default 16,384: more than the lines that
   * a source can have handed out un-acked (1 MiB by default).
   */
  readonly maxSeen?: number;
  /**
   * Most failures that wait behind one whose `ignoreCommand` or host name is being asked for. One more is dropped and
   * reported: who waits for the promises of `handle` never gets there. Default 65,536.
   */
  readonly maxWaiting?: number;
  /** Keeps the state over restarts: a decision is given out when it is durable there. Default none. */
  readonly store?: BanStore;
  /** Finds addresses of host names. Default none. */
  readonly resolver?: NameResolver;
  /**
   * What time it is when bans end: `scheduler` asks the scheduler, `event` takes the latest failure's time. The second
   * is for replays: the decisions are those that were taken live. Default `scheduler`.
   */
  readonly clock?: 'scheduler' | 'event';
  /** Time and timers. Default RxJS's `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
  /** A number of at least 0 and below 1, for `increment`'s `rndTimeMs` and `random.random()`. Default `Math.random`. */
  readonly random?: () => number;
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

type OptionalRule = 'increment' | 'ignoreCommand' | 'ignoreCache';
type Optional = 'store' | 'resolver' | 'signal' | 'notices' | 'rejects' | 'metrics';

/** Rules with their defaults. */
export type ResolvedRules = Required<Omit<BanRules, OptionalRule>> & Pick<BanRules, OptionalRule>;
/** Options with their defaults. */
export type ResolvedOptions = ResolvedRules &
  Required<Omit<BanPolicyOptions, keyof BanRules | Optional>> &
  Pick<BanPolicyOptions, Optional>;

const mustNotBeNegative = (option: string, value: unknown): void => {
  if (typeof value !== 'number' || !(value >= 0)) throw check.bad(option, 'milliseconds of at least 0', value);
};

const mustLast = (option: string, value: unknown): void => {
  if (typeof value !== 'number' || !(value > 0)) throw check.bad(option, 'milliseconds above 0', value);
};

/**
 * Fills in the defaults of the rules.
 *
 * @throws BanPolicyError `ERR_BAN_POLICY_OPTION` naming the option, what was expected and what was given
 */
export function resolveRules(rules: BanRules): ResolvedRules {
  const { findTimeMs = 600_000, banTimeMs = 600_000, ignoreCommandTimeoutMs = 60_000 } = rules;
  const { ignore = [], ignoreSelf = true, ignoreCommand, ignoreCache, increment } = rules;
  const maxRetry = check.integer('maxRetry', rules.maxRetry, 5, 1);
  mustNotBeNegative('findTimeMs', findTimeMs);
  mustNotBeNegative('banTimeMs', banTimeMs);
  mustLast('ignoreCommandTimeoutMs', ignoreCommandTimeoutMs);
  checkIgnored(ignore);
  checkIgnoreCache(ignoreCache);
  check.callback('ignoreCommand', ignoreCommand);
  return {
    maxRetry,
    findTimeMs,
    window: check.word('window', rules.window, 'estimate', ['estimate', 'exact']),
    banTimeMs,
    maxMatches: check.integer('maxMatches', rules.maxMatches, maxRetry, 0),
    maxKeptMatches: check.integer('maxKeptMatches', rules.maxKeptMatches, 10, 0),
    maxMatchChars: check.integer('maxMatchChars', rules.maxMatchChars, 2048, 1),
    ignore,
    ignoreSelf,
    ignoreCommandTimeoutMs,
    ...(increment && { increment }),
    ...(ignoreCommand && { ignoreCommand }),
    ...(ignoreCache && { ignoreCache }),
  };
}

/**
 * Fills in the defaults.
 *
 * @throws BanPolicyError `ERR_BAN_POLICY_OPTION` naming the option, what was expected and what was given
 */
export function resolveOptions(options: BanPolicyOptions): ResolvedOptions {
  const { jail = 'default', restore = [], scheduler = asyncScheduler, random = Math.random } = options;
  const { store, resolver, signal, notices, rejects, metrics } = options;
  check.object('store', store, ['openJail', 'flush']);
  check.object('resolver', resolver, ['addressesOf', 'nameOf']);
  check.callback('random', random);
  return {
    ...resolveRules(options),
    jail,
    maxTracked: check.integer('maxTracked', options.maxTracked, 100_000, 1),
    maxBans: check.integer('maxBans', options.maxBans, 1_000_000, 1),
    maxSeen: check.integer('maxSeen', options.maxSeen, 16_384, 0),
    maxWaiting: check.integer('maxWaiting', options.maxWaiting, 65_536, 1),
    clock: check.word('clock', options.clock, 'scheduler', ['scheduler', 'event']),
    scheduler,
    random,
    restore,
    ...(store && { store }),
    ...(resolver && { resolver }),
    ...(signal && { signal }),
    ...(notices && { notices }),
    ...(rejects && { rejects }),
    ...(metrics && { metrics }),
  };
}

/** The options with other rules. */
export function withRules(options: ResolvedOptions, rules: ResolvedRules): ResolvedOptions {
  const { increment: _, ignoreCommand: __, ignoreCache: ___, ...rest } = options;
  return { ...rest, ...rules };
}
