import { systemClock } from '@sluice/pipeline';
import { entryBatches } from '../list/entry-batches.ts';
import { option } from '../option-check.ts';
import type { Reporting } from '../options.ts';
import type { QueueFilter } from '../queue-filter.ts';
import type { QueuePlace } from '../queue-place.ts';
import { Reports } from '../reports.ts';
import { senderDomainKey } from '../summary/summary-keys.ts';
import type { SummaryRow } from '../summary/summary-row.ts';
import { SummaryTable } from '../summary/summary-table.ts';
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

/** A queue in numbers. Messages are `new`, `deferred`, `delivering`, `damaged`, or frozen and not being delivered. */
export interface QueueStats {
  /** When counting began, milliseconds since the epoch; ages are of that time. */
  readonly atMs: number;
  readonly messages: number;
  /** All that are frozen, also those that are being delivered. */
  readonly frozen: number;
  readonly bounces: number;
  readonly deferred: number;
  readonly new: number;
  readonly delivering: number;
  readonly damaged: number;
  /** Those that are not delivered yet. */
  readonly recipients: number;
  readonly sizeBytes: number;
  /** 0 when there are no messages. */
  readonly oldestAgeMs: number;
  /** By count, the largest first; a bounce has the key `<>`. */
  readonly bySenderDomain: readonly SummaryRow[];
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
