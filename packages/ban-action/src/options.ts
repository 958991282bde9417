import type { Ban, Metrics, RejectSink } from '@sluice/pipeline';
import { BanActionError } from './ban-action-error.ts';

/** Options of `applyBans`. */
export interface ApplyOptions {
  /** Most events in one commit. Default 1000, where the cost of an nf_tables element is least. */
  readonly maxBatch?: number;
  /**
   * Most events that wait while a commit is under way. A further one is dropped, with an outcome that says so. Default
   * 1,000,000: as many as a policy keeps bans, so that a restart can restore them all in one go.
   */
  readonly maxQueued?: number;
  /**
   * Bans that are to stand, and no others, before the first event is applied: what a policy has kept over a restart.
   * Default: what the backend finds stays as it is.
   */
  readonly standing?: readonly Ban[];
  /** Stops at once when aborted: see `applyBans`. */
  readonly signal?: AbortSignal;
  /** Told of dropped events and of a stop that failed. */
  readonly rejects?: RejectSink;
  readonly metrics?: Metrics;
}

export type ResolvedApplyOptions = Required<Pick<ApplyOptions, 'maxBatch' | 'maxQueued'>> &
  Pick<ApplyOptions, 'standing' | 'signal' | 'rejects' | 'metrics'>;

/** An error that says which option is wrong, what was expected and what was given. */
export const expected = (option: string, wanted: string, value: unknown): BanActionError =>
  new BanActionError('ERR_BAN_ACTION_OPTION', `${option}: expected ${wanted}, not ${String(value)} (${typeof value})`, {
    value,
  });

/** @throws BanActionError `ERR_BAN_ACTION_OPTION` unless the value is an integer from `least` to `most` */
export function mustCount(option: string, value: unknown, least: number, most: number = Number.MAX_SAFE_INTEGER): void {
  if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most) return;
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  throw expected(option, `an integer ${range}`, value);
}

/** @throws BanActionError `ERR_BAN_ACTION_OPTION` */
export function resolveApplyOptions(options: ApplyOptions): ResolvedApplyOptions {
  const { maxBatch = 1000, maxQueued = 1_000_000 } = options;
  mustCount('maxBatch', maxBatch, 1);
  mustCount('maxQueued', maxQueued, 1);
  return { ...options, maxBatch, maxQueued };
}
