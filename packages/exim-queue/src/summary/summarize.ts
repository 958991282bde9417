import { systemClock } from '@sluice/pipeline';
import { entryBatches } from '../list/entry-batches.ts';
import type { QueueField, SummaryKey, SummaryOptions } from '../options.ts';
import type { QueuePlace } from '../queue-place.ts';
import { summaryKeys } from './summary-keys.ts';
import type { SummaryRow } from './summary-row.ts';
import { summarySettings } from './summary-settings.ts';
import { SummaryTable } from './summary-table.ts';

/** What a key needs besides sizes. */
const fieldsOf = (by: SummaryKey): readonly QueueField[] => {
  if (by === 'reason') return ['size', 'reasons'];
  return by === 'state' ? ['size', 'locks'] : ['size'];
};

/**
 * Counts a queue in one pass: how many messages, of which size and age, by a key; by `recipientDomain` what exiqsumm
 * counts: recipients that are not delivered yet, each with the size of its message. The largest count comes first.
 *
 * 1. A bounce has the key `<>`, a message from this machine the host `(local)`, what is not known `(none)`. What of a
 *    message cannot be read is `(damaged)`; it has no recipients.
 * 2. Keys beyond `maxKeys` are counted together under `…`, which is told once (`OVERFLOW`).
 * 3. An abort ends it early with what was counted so far.
 *
 * @throws {EximQueueError} `OPTION`, and what `entryBatches` throws
 */
export async function summarize(place: QueuePlace, options: SummaryOptions = {}): Promise<readonly SummaryRow[]> {
  const { where, rejects, metrics, clock = systemClock, signal } = options;
  const { by, maxKeys, reports } = summarySettings(options);
  const nowMs = clock.nowMs();
  const table = new SummaryTable(maxKeys, nowMs);
  const keysOf = summaryKeys(by, nowMs);
  const listing = {
    order: 'none',
    fields: fieldsOf(by),
    ...(where !== undefined && { where }),
    ...(rejects !== undefined && { rejects }),
    ...(metrics !== undefined && { metrics }),
    ...(signal !== undefined && { signal }),
    clock: { nowMs: () => nowMs },
  } as const;
  for await (const batch of entryBatches(place, listing)) for (const entry of batch) table.add(entry, keysOf(entry));
  if (table.isFull) reports.flaw('ERR_EXIM_QUEUE_OVERFLOW', `there are more than ${maxKeys} keys (maxKeys)`);
  return table.rows();
}
