import type { WatchOptions } from '../options.ts';
import type { QueueChange } from '../queue-change.ts';
import type { QueuePlace } from '../queue-place.ts';
import { systemWatch } from './folder-watches.ts';
import { followChanges } from './follow-changes.ts';

/**
 * The present queue and then its changes, in batches; see `watchQueue`. While a batch is not asked for nothing is read:
 * what happens meanwhile is noted, message by message, and told as one change.
 *
 * @throws {EximQueueError} `OPTION`, at the call; what `where` has wrong, from the iterator
 */
export const changeBatches = (
  place: QueuePlace | Promise<QueuePlace>,
  options: WatchOptions = {},
): AsyncIterable<readonly QueueChange[]> => followChanges(place, options, systemWatch);
