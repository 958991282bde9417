import { closable } from '@sluice/pipeline/node';
import type { WatchOptions } from '../options.ts';
import type { QueueChange } from '../queue-change.ts';
import type { QueuePlace } from '../queue-place.ts';
import { systemWatch, type WatchFolder } from './folder-watches.ts';
import { QueueWatch } from './queue-watch.ts';
import { watchSettings } from './watch-settings.ts';

/**
 * The present queue and then its changes, in batches; see `watchQueue`. While a batch is not asked for nothing is read:
 * what happens meanwhile is noted, message by message, and told as one change.
 *
 * @param watchFolder how folders are watched, for tests. Default: by the system
 * @throws {EximQueueError} `OPTION`, at the call; what `where` has wrong, at the first batch
 */
export function changeBatches(
  place: QueuePlace | Promise<QueuePlace>,
  options: WatchOptions = {},
  watchFolder: WatchFolder = systemWatch,
): AsyncIterable<readonly QueueChange[]> {
  const settings = watchSettings(options);
  async function* open(signal: AbortSignal): AsyncGenerator<readonly QueueChange[]> {
    yield* new QueueWatch(await place, settings, watchFolder).changes(signal);
  }
  return closable(open, options.signal);
}
