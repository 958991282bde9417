import { systemClock } from '@sluice/pipeline';
import { entryBatches } from '../list/entry-batches.ts';
import { option } from '../option-check.ts';
import type { Reporting } from '../options.ts';
import type { QueueFilter } from '../queue-filter.ts';
import type { QueuePlace } from '../queue-place.ts';
import { Reports } from '../reports.ts';
import { senderDomainKey } from '../summary/summary-keys.ts';
import { SummaryTable } from '../summary/summary-table.ts';
import type { QueueStats } from './stats.ts';
import { StatsCounter } from './stats-counter.ts';

/** Options of `stats`. */
export interface StatsOptions extends Reporting {
  /** Which messages. Default: all. */
  readonly where?: QueueFilter;
  /** Most sender domains; the rest is counted together under the key `…`. From 1 to 10 000 000, default 100 000. */
  readonly maxKeys?: number;
  /** Aborting ends it early, with what was counted so far. Default: none. */
  readonly signal?: AbortSignal;
}

/**
 * Counts a queue in one pass.
 *
 * @throws {EximQueueError} `OPTION`, and what `entryBatches` throws
 */
export async function queueStats(place: QueuePlace, options: StatsOptions = {}): Promise<QueueStats> {
  const { where, rejects, metrics, clock = systemClock, signal } = options;
  const maxKeys = option.integer('maxKeys', options.maxKeys, 100_000, 1, 10_000_000);
  const reports = new Reports(options);
  const atMs = clock.nowMs();
  const table = new SummaryTable(maxKeys, atMs);
  const counter = new StatsCounter(atMs);
  const listing = {
    order: 'none',
    fields: ['size', 'locks'],
    ...(where !== undefined && { where }),
    ...(rejects !== undefined && { rejects }),
    ...(metrics !== undefined && { metrics }),
    ...(signal !== undefined && { signal }),
    clock: { nowMs: () => atMs },
  } as const;
  for await (const batch of entryBatches(place, listing)) {
    for (const entry of batch) {
      counter.add(entry);
      table.add(entry, [senderDomainKey(entry)]);
    }
  }
  if (table.isFull) reports.flaw('ERR_EXIM_QUEUE_OVERFLOW', `there are more than ${maxKeys} sender domains (maxKeys)`);
  return { ...counter.totals(), bySenderDomain: table.rows() };
}
