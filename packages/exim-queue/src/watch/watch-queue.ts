import { fromBatches } from '@sluice/pipeline/rx';
import type { Observable } from 'rxjs';
import type { WatchOptions } from '../options.ts';
import type { QueueChange } from '../queue-change.ts';
import type { QueuePlace } from '../queue-place.ts';
import { changeBatches } from './change-batches.ts';
import { watchSettings } from './watch-settings.ts';

/**
 * The present queue and then its changes, as a cold Observable.
 *
 * 1. `present` for each message (unless `initial` is false), then `ready`.
 * 2. Then each change, a few milliseconds after it: the system tells when files change. Of one message in the order in which
 *    they happened; several within some milliseconds are told by what they come to. With `mainlog` it is told who did what,
 *    and why, and messages are told of that came and went in between.
 * 3. Every `reconcileMs`, and after bursts, the folders are compared with what is known: what the system did not tell is told
 *    now (`from: 'reconcile'`), and then `reconciled`. So nothing is lost for longer, and nothing is told twice.
 * 4. What cannot be watched or read goes to `rejects`; what may not be read any more stays as it was known. The stream errors
 *    only when there is no spool to begin with (`NO_SPOOL`), Exim does not list it to begin with where it has to be asked
 *    (`EXIM`), or `where` is wrong (`OPTION`).
 *
 * About 400 bytes are kept of each message. Nothing is done while nothing changes, besides 3.
 *
 * @throws {EximQueueError} `OPTION`, at the call
 */
export function watchQueue(
  place: QueuePlace | Promise<QueuePlace>,
  options: WatchOptions = {},
): Observable<QueueChange> {
  watchSettings(options);
  const { signal, ...others } = options;
  return fromBatches((ended) => changeBatches(place, { ...others, signal: ended }), signal);
}
