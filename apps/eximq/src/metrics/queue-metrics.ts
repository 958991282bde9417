import type { QueueStats } from '@sluice/exim-queue/batches';
import { type DomainRow, domainRows } from './domain-rows.ts';
import type { Metric } from './metric.ts';

const single = (name: string, help: string, value: number): Metric => ({
  name: `exim_queue_${name}`,
  help,
  values: [{ value }],
});

function byDomain(name: string, help: string, rows: readonly DomainRow[], read: (row: DomainRow) => number): Metric {
  const values = rows.map((row) => ({ labels: { domain: row.domain }, value: read(row) }));
  return { name: `exim_queue_sender_domain_${name}`, help, values };
}

/**
 * A queue's numbers as metrics.
 *
 * @param top sender domains that get labels of their own
 * @param tookMs how long it took to read the queue
 */
export function queueMetrics(stats: QueueStats, top: number, tookMs: number): readonly Metric[] {
  const rows = domainRows(stats.bySenderDomain, top);
  return [
    single('messages', 'Messages in the queue.', stats.messages),
    single('frozen_messages', 'Messages that are frozen.', stats.frozen),
    single('bounce_messages', 'Messages with an empty sender.', stats.bounces),
    single('deferred_messages', 'Messages that were tried and wait for the next try.', stats.deferred),
    single('new_messages', 'Messages that were not tried yet.', stats.new),
    single('delivering_messages', 'Messages that Exim works on.', stats.delivering),
    single('damaged_messages', 'Messages whose files are damaged.', stats.damaged),
    single('recipients', 'Recipients that are not delivered yet.', stats.recipients),
    single('size_bytes', 'Sum of the sizes of all messages.', stats.sizeBytes),
    single('oldest_age_seconds', 'Age of the oldest message; 0 of an empty queue.', stats.oldestAgeMs / 1000),
    single('read_duration_seconds', 'Time that it took to read the queue.', tookMs / 1000),
    byDomain('messages', 'Messages by the domain of their sender.', rows, ({ count }) => count),
    byDomain('frozen_messages', 'Frozen messages by the domain of their sender.', rows, ({ frozen }) => frozen),
    byDomain('size_bytes', 'Sum of sizes by the domain of the sender.', rows, ({ sizeBytes }) => sizeBytes),
  ];
}
