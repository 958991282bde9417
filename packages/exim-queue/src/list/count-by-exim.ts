import { queueNames } from '../exim/queue-names.ts';
import { runExim } from '../exim/run-exim.ts';
import { EximQueueError } from '../exim-queue-error.ts';
import type { QueuePlace } from '../queue-place.ts';

/** How many messages a place's queue has, by `exim -bpc`, which leaves out what was put aside. */
export async function countByExim(place: QueuePlace, signal: AbortSignal | undefined): Promise<number> {
  let count = 0;
  for (const queue of await queueNames(place)) {
    const { stdout } = await runExim(place, [...(queue === '' ? [] : [`-qG${queue}`]), '-bpc'], { signal });
    signal?.throwIfAborted();
    if (!/^\d+\n$/.test(stdout))
      throw new EximQueueError('ERR_EXIM_QUEUE_OUTPUT', 'exim -bpc did not print a number', {
        value: stdout.slice(0, 200),
      });
    count += Number(stdout);
  }
  return count;
}
