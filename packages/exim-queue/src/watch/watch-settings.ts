import { type Clock, systemClock } from '@sluice/pipeline';
import { option } from '../option-check.ts';
import type { QueueField, WatchOptions } from '../options.ts';
import { Reports } from '../reports.ts';
import { type Timers, timersOf } from './timers.ts';

/** The options of a watch with their defaults. */
export interface WatchSettings {
  readonly where: WatchOptions['where'];
  readonly initial: boolean;
  readonly reconcileMs: number;
  readonly logWaitMs: number;
  readonly mainlog: WatchOptions['mainlog'];
  readonly maxMessages: number;
  readonly timers: Timers;
  readonly clock: Clock;
  readonly reports: Reports;
  /** Of the entries; with what the filter needs. */
  readonly fields: readonly QueueField[];
}

/** @throws {EximQueueError} `OPTION` */
export function watchSettings(options: WatchOptions): WatchSettings {
  option.object('mainlog', options.mainlog, ['subscribe']);
  option.object('scheduler', options.scheduler, ['now', 'schedule']);
  option.signal(options.signal);
  return {
    where: options.where,
    initial: option.flag('initial', options.initial, true),
    reconcileMs: option.integer('reconcileMs', options.reconcileMs, 30_000, 100, 86_400_000),
    logWaitMs: option.integer('logWaitMs', options.logWaitMs, 250, 0, 60_000),
    mainlog: options.mainlog,
    maxMessages: option.integer('maxMessages', options.maxMessages, 5_000_000, 1, 100_000_000),
    timers: timersOf(options.scheduler),
    clock: options.clock ?? systemClock,
    reports: new Reports(options),
    fields: ['size'],
  };
}
