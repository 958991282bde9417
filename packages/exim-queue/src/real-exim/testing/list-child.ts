import { ringRejects } from '@sluice/pipeline';
import { EximQueueError } from '../../exim-queue-error.ts';
import { entryBatches } from '../../list/entry-batches.ts';
import { locateQueue } from '../../locate-queue.ts';
import type { QueueEntry } from '../../queue-entry.ts';

// Lists the queue as the user that runs this and writes what came of it as JSON. Argument: options of `locateQueue`.
const rejects = ringRejects(100);
try {
  const place = await locateQueue(JSON.parse(process.argv[2] ?? '{}'));
  const entries: QueueEntry[] = [];
  for await (const batch of entryBatches(place, { rejects })) entries.push(...batch);
  console.log(
    JSON.stringify({
      backend: place.backend,
      reason: place.backendReason,
      entries,
      rejected: rejects.last.map(({ code }) => code),
    }),
  );
} catch (error) {
  if (!(error instanceof EximQueueError)) throw error;
  console.log(JSON.stringify({ code: error.code, message: error.message }));
}
