import type { Activity } from '@sluice/pipeline';
import { untilAborted } from '@sluice/pipeline/rx';
import { Observable, type OperatorFunction } from 'rxjs';
import { check } from '../check.ts';
import { IcalSinkError } from '../ical-sink-error.ts';
import { CalDavCalendar } from './caldav-calendar.ts';
import { type CalDavOptions, calDavSettings } from './caldav-options.ts';
import type { CalDavOutcome } from './outcome.ts';

const pushAtOnce = 500;

/** {@link CalDavOptions} of a stream. */
export interface ToCalDavOptions extends CalDavOptions {
  /** Most activities that wait to be pushed; one more is an error. Default 100,000. */
  readonly maxQueued?: number;
}

/**
 * Pushes each activity to a calendar on a CalDAV server, and gives what became of it.
 *
 * 1. The calendar is opened at the subscription; if that fails, the stream errors as {@link CalDavCalendar.open} says.
 * 2. Activities that come while others are pushed wait and are pushed together, up to 500 at a time, in their order.
 * 3. What fails is an outcome; it errors nothing.
 * 4. More than `maxQueued` waiting activities error the stream with `ERR_ICAL_SINK_OVERFLOW`: a source that reads faster
 *    than a server writes is better pushed batch by batch, `for await (const batch of …) await calendar.push(batch)`.
 * 5. Completes when the source has and all is pushed. An abort of `signal` completes it at once, and like an
 *    unsubscription ends what is under way.
 *
 * @throws IcalSinkError `ERR_ICAL_SINK_OPTION`, at the call
 */
export function toCalDav(options: ToCalDavOptions): OperatorFunction<Activity, CalDavOutcome> {
  calDavSettings(options);
  const maxQueued = check.integer('maxQueued', options.maxQueued, 100_000, 1);
  return (source) =>
    new Observable<CalDavOutcome>((subscriber) => {
      const stop = new AbortController();
      subscriber.add(() => stop.abort());
      const opened = CalDavCalendar.open({ ...options, signal: stop.signal });
      let queue: Activity[] = [];
      let isEnded = false;
      let isPushing = false;

      const push = async (): Promise<void> => {
        const calendar = await opened;
        while (queue.length > 0 && !subscriber.closed) {
          const some = queue.slice(0, pushAtOnce);
          queue = queue.slice(pushAtOnce);
          for (const outcome of await calendar.push(some)) subscriber.next(outcome);
        }
        isPushing = false;
        if (isEnded) subscriber.complete();
      };
      const advance = (): void => {
        if (isPushing) return;
        isPushing = true;
        push().catch((error: unknown) => subscriber.error(error));
      };
      const take = (activity: Activity): void => {
        if (queue.length >= maxQueued) {
          const fault = `more than ${maxQueued} activities wait to be pushed (maxQueued)`;
          subscriber.error(new IcalSinkError('ERR_ICAL_SINK_OVERFLOW', fault, { limit: maxQueued }));
          return;
        }
        queue.push(activity);
        advance();
      };

      // Opens at once, so that a bad password is told before the first activity comes.
      advance();
      subscriber.add(
        source.subscribe({
          next: take,
          error: (error: unknown) => subscriber.error(error),
          complete: () => {
            isEnded = true;
            advance();
          },
        }),
      );
    }).pipe(untilAborted(options.signal));
}
