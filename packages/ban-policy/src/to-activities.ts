import type { Activity, BanEvent } from '@sluice/pipeline';
import { Observable, type OperatorFunction } from 'rxjs';
import { BanActivities, type BanActivitiesOptions } from './ban-activities.ts';

/**
 * Bans as activities, for a calendar or whatever else takes activities: see `banActivity` and `BanActivities`.
 *
 * 1. A ban gives an activity from its beginning to the end that it is to have.
 * 2. When it is prolonged, or ends before its time, the activity is given again with the new end.
 * 3. Completes and errors with its source. What it remembers of standing bans is bounded by `maxStanding`.
 *
 * ```ts
 * failures.pipe(decideBans(), toActivities({ host: hostname() }), toCalendarFile('bans.ics', { mode: 'upsert' }))
 * ```
 *
 * @throws BanPolicyError `ERR_BAN_POLICY_OPTION`, at the call
 */
export function toActivities(options: BanActivitiesOptions): OperatorFunction<BanEvent, Activity> {
  new BanActivities(options);
  return (source) =>
    new Observable((subscriber) => {
      const bans = new BanActivities(options);
      return source.subscribe({
        next: (event) => {
          const activity = bans.take(event);
          if (activity !== undefined) subscriber.next(activity);
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      });
    });
}
