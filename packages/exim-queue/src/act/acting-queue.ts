import type { OpenOptions } from '../options.ts';
import type { QueuePlace } from '../queue-place.ts';

/** What of an `EximQueue` the actions use. */
export interface ActingQueue {
  place(): Promise<QueuePlace>;
  readonly options: OpenOptions;
}
