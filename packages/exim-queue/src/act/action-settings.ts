import { type Clock, systemClock } from '@sluice/pipeline';
import { option } from '../option-check.ts';
import type { ActionOptions, QueueProgress } from '../options.ts';
import type { QueueFilter } from '../queue-filter.ts';
import { Reports } from '../reports.ts';

/** Options of an action, checked, with their defaults. */
export interface ActionSettings {
  readonly batch: number;
  readonly batchWaitMs: number;
  readonly concurrency: number;
  readonly dryRun: boolean;
  readonly recheck: QueueFilter | undefined;
  readonly lockedRetries: number;
  readonly lockedWaitMs: number;
  readonly timeoutMs: number;
  readonly onProgress: ((progress: QueueProgress) => void) | undefined;
  readonly clock: Clock;
  readonly reports: Reports;
}

/** @throws {EximQueueError} `OPTION` */
export function actionSettings(options: ActionOptions): ActionSettings {
  option.callback('onProgress', options.onProgress);
  option.signal(options.signal);
  if (options.recheck !== undefined && (options.recheck === null || typeof options.recheck !== 'object'))
    throw option.bad('recheck', 'a filter', options.recheck);
  return {
    batch: option.integer('batch', options.batch, 1000, 1, 5000),
    batchWaitMs: option.integer('batchWaitMs', options.batchWaitMs, 200, 0, 60_000),
    concurrency: option.integer('concurrency', options.concurrency, 2, 1, 32),
    dryRun: option.flag('dryRun', options.dryRun),
    recheck: options.recheck,
    lockedRetries: option.integer('lockedRetries', options.lockedRetries, 2, 0, 100),
    lockedWaitMs: option.integer('lockedWaitMs', options.lockedWaitMs, 1000, 0, 600_000),
    timeoutMs: option.integer('timeoutMs', options.timeoutMs, 600_000, 1000, 86_400_000),
    onProgress: options.onProgress,
    clock: options.clock ?? systemClock,
    reports: new Reports(options),
  };
}
