import type { Activity } from '@sluice/pipeline';
import { untilAborted } from '@sluice/pipeline/rx';
import { Observable, type OperatorFunction } from 'rxjs';
import type { SessionOptions } from '../options.ts';
import { Sessions } from './sessions.ts';

/**
 * Joins activities into sessions, as {@link Sessions} does.
 *
 * 1. A session is emitted when it is closed: because too many are open, or because the source completed. With `growing` it is
 *    emitted anew with each activity that joins it.
 * 2. An abort completes the source's part: what is open is emitted, then the stream completes.
 * 3. An error of the source passes on; sessions that are open are lost with it.
 *
 * @throws IcalSinkError `ERR_ICAL_SINK_OPTION`
 */
export function toSessions(options: SessionOptions): OperatorFunction<Activity, Activity> {
  new Sessions(options);
  return (source) =>
    new Observable((subscriber) => {
      const sessions = new Sessions(options);
      return source.pipe(untilAborted(options.signal)).subscribe({
        next: (activity) => {
          for (const session of sessions.add(activity)) subscriber.next(session);
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => {
          for (const session of sessions.end()) subscriber.next(session);
          subscriber.complete();
        },
      });
    });
}
