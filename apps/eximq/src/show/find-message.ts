import { entryBatches, type QueueEntry, type QueuePlace, readMessage } from '@sluice/exim-queue/batches';
import type { CommandContext } from '../command-context.ts';

/** All that can be known of one message; undefined when it is not in the queue. */
export async function findMessage(
  place: QueuePlace,
  id: string,
  { io, messages }: CommandContext,
): Promise<QueueEntry | undefined> {
  if (place.backend === 'spool') return readMessage(place, id, { fields: ['size', 'locks', 'reasons', 'headers'] });
  const options = { where: { ids: [id] }, fields: ['size'], rejects: messages, signal: io.stop.signal } as const;
  for await (const [entry] of entryBatches(place, options)) return entry;
  return undefined;
}
