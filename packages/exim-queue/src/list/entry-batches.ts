import { closable } from '@sluice/pipeline/node';
import type { ListOptions } from '../options.ts';
import type { QueueEntry } from '../queue-entry.ts';
import type { QueuePlace } from '../queue-place.ts';
import { compileFilter } from '../where/compile-filter.ts';
import { ListPass } from './list-pass.ts';
import { listSettings } from './list-settings.ts';

/**
 * The messages of a queue in batches: the door for who works asynchronously, as nothing is read while a batch is being
 * worked on. Each iteration reads anew, with one time for all ages.
 *
 * 1. Messages come in the order of their arrival, as `exim -bp` has them; those of several queues together. A batch is
 *    what a time slice of some 2 ms gave, so that nothing else has to wait for long; it has at least one.
 * 2. Files that the disk has to be waited for are fetched `maxParallelReads` at a time; it is measured whether that is so.
 * 3. A message that leaves the queue before it is read is counted. One whose files are damaged or may not be read comes
 *    with its `problem`, and goes to `rejects`; no message ends the stream. A filter rules messages out by as little as it
 *    needs, and damage beyond that is not found.
 * 4. Strings are copies: keeping one keeps nothing else alive.
 * 5. Where the spool may not be read (`place.backend`), Exim's own list is read instead, which tells less.
 *
 * @throws {EximQueueError} `OPTION` at the call; from the iterator `OPTION` for what is wrong in `where`, `NO_SPOOL`,
 *   `DENIED`, and what reading Exim's list fails with
 */
export function entryBatches(place: QueuePlace, options: ListOptions = {}): AsyncIterable<readonly QueueEntry[]> {
  const settings = listSettings(options);
  return closable(async function* (signal) {
    if (signal.aborted) return;
    if (place.backend === 'exim') {
      const { eximEntryBatches } = await import('../exim/list-by-exim.ts');
      yield* eximEntryBatches(place, { ...options, signal });
      return;
    }
    const filter = options.where === undefined ? undefined : await compileFilter(options.where);
    yield* new ListPass(place, { settings, filter, signal }).run();
  }, options.signal);
}
