import { entryBatches, type QueueEntry, type QueuePlace } from '@sluice/exim-queue/batches';
import type { CommandContext } from '../command-context.ts';

/** All that can be known of one message; undefined when it is not in the queue. */
export async function findMessage(
  place: QueuePlace,
  id: string,
  { io, messages }: CommandContext,
): Promise<QueueEntry | undefined> {
  const isRead = place.backend === 'spool';
  const found = entryBatches(place, {
    where: { ids: [id] },
    fields: isRead ? ['size', 'locks', 'reasons', 'headers'] : ['size'],
    order: 'none',
    damaged: true,
    // What is wrong with it is shown.
    rejects: { next: (reject) => (reject.code === 'ERR_EXIM_QUEUE_DAMAGED' ? undefined : messages.next(reject)) },
    signal: io.stop.signal,
  });
  for await (const batch of found) {
    const entry = batch.find((each) => each.id === id);
    if (entry !== undefined) return entry;
  }
  return undefined;
}
