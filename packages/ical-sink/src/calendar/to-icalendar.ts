import type { Activity } from '@sluice/pipeline';
import { Observable, type OperatorFunction } from 'rxjs';
import { IcalSinkError } from '../ical-sink-error.ts';
import type { CalendarOptions, SinkOptions } from '../options.ts';
import { Reports } from '../reports.ts';
import { calendarFoot } from './calendar-foot.ts';
import { calendarHead } from './calendar-head.ts';
import { calendarSettings } from './calendar-settings.ts';
import { EventEncoder } from './event-encoder.ts';
import { maxTracked } from './max-tracked.ts';
import { UidSet } from './uid-set.ts';

const pieceBytes = 65_536;

/**
 * The calendar of all activities as text, in pieces of about 64 KiB, whole events each.
 *
 * 1. The first piece begins with the head, the last one ends with the foot. A source without activities gives both.
 * 2. An activity that cannot be written goes to `rejects`, and so does one whose uid came before: uids are unique in a
 *    calendar, and what is out cannot be taken back. One that is `removed` is skipped.
 * 3. Memory is flat, save for 16 bytes or less a uid; after 4,194,304 of them further ones are not compared.
 * 4. When the source completes, or `signal` aborts, the calendar is finished: what came until then is a whole calendar.
 *    An error of the source passes on; what was emitted until then is not a whole one.
 *
 * @throws IcalSinkError `ERR_ICAL_SINK_OPTION`
 */
export function toICalendar(options: CalendarOptions & SinkOptions = {}): OperatorFunction<Activity, string> {
  const settings = calendarSettings(options);
  const { signal } = options;
  return (source) =>
    new Observable((subscriber) => {
      const reports = new Reports(options);
      const encoder = new EventEncoder(settings);
      const uids = new UidSet(maxTracked);
      let pieces: Buffer[] = [Buffer.from(calendarHead(settings))];
      let bytes = 0;

      const emit = (): void => {
        const piece = Buffer.concat(pieces).toString();
        pieces = [];
        bytes = 0;
        subscriber.next(piece);
      };
      const take = (activity: Activity): void => {
        reports.count('taken');
        try {
          const event = encoder.encode(activity);
          if (event.length === 0) {
            reports.count('skipped');
            return;
          }
          if (!uids.add(activity.uid)) throw new IcalSinkError('ERR_ICAL_SINK_DUPLICATE', 'a uid that came before');
          pieces.push(Buffer.from(event));
          bytes += event.length;
        } catch (error) {
          reports.reject(error, activity);
          return;
        }
        reports.count('written');
        if (bytes >= pieceBytes) emit();
      };
      const finish = (): void => {
        if (subscriber.closed) return;
        pieces.push(Buffer.from(calendarFoot));
        emit();
        subscriber.complete();
      };

      if (signal?.aborted === true) {
        finish();
        return;
      }
      signal?.addEventListener('abort', finish, { once: true });
      subscriber.add(() => signal?.removeEventListener('abort', finish));
      subscriber.add(
        source.subscribe({ next: take, error: (error: unknown) => subscriber.error(error), complete: finish }),
      );
    });
}
