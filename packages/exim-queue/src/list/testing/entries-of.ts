import type { QueueEntry } from '../../queue-entry.ts';

/** All that comes in batches. */
export async function entriesOf(batches: AsyncIterable<readonly QueueEntry[]>): Promise<QueueEntry[]> {
  const entries: QueueEntry[] = [];
  for await (const batch of batches) {
    expect(batch.length).toBeGreaterThan(0);
    entries.push(...batch);
  }
  return entries;
}
