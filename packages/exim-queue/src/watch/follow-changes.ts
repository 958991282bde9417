import { closable } from '@sluice/pipeline/node';
import type { WatchOptions } from '../options.ts';
import type { QueueChange } from '../queue-change.ts';
import type { QueuePlace } from '../queue-place.ts';
import type { WatchFolder } from './folder-watches.ts';
import { QueueWatch } from './queue-watch.ts';
import { watchSettings } from './watch-settings.ts';

/** As `changeBatches`, with folders watched in some way. */
export function followChanges(
  place: QueuePlace | Promise<QueuePlace>,
  options: WatchOptions,
  watchFolder: WatchFolder,
): AsyncIterable<readonly QueueChange[]> {
  const settings = watchSettings(options);
  async function* open(signal: AbortSignal): AsyncGenerator<readonly QueueChange[]> {
    yield* new QueueWatch(await place, settings, watchFolder).changes(signal);
  }
  return closable(open, options.signal);
}
