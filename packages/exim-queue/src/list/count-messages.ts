import { EximQueueError } from '../exim-queue-error.ts';
import type { QueuePlace } from '../queue-place.ts';
import { NameReader } from '../spool/name-reader.ts';
import { readFault } from '../spool/read-fault.ts';
import { spoolFolders } from '../spool/spool-folders.ts';
import { nextTurn } from './next-turn.ts';

/** How long names are read before others get their turn. */
const sliceMs = 2;

/**
 * How many messages a place's queue has, by the names of their files alone, as `exim -bpc` counts them; with those that
 * were put aside where they belong to the place.
 *
 * @throws {EximQueueError} (as a rejection) `NO_SPOOL`, `UNREADABLE`; where Exim has to be asked `NO_EXIM`, `DENIED`, `EXIM`,
 *   `OUTPUT`; the reason of `signal` when that aborts
 */
export async function countMessages(place: QueuePlace, signal?: AbortSignal): Promise<number> {
  if (place.backend === 'exim') {
    const { countByExim } = await import('./count-by-exim.ts');
    return countByExim(place, signal);
  }
  const names = new NameReader(await spoolFolders(place), {
    onUnreadable: (file, cause) => {
      throw new EximQueueError('ERR_EXIM_QUEUE_UNREADABLE', `cannot be read: ${readFault(cause)}`, { file, cause });
    },
  });
  try {
    for (let count = 0; ; ) {
      signal?.throwIfAborted();
      const untilMs = performance.now() + sliceMs;
      for (let found = names.read(untilMs); found !== undefined; found = names.read(untilMs)) {
        if (found === 'done') return count;
        count += found.ids.length;
      }
      await nextTurn();
    }
  } finally {
    names.close();
  }
}
