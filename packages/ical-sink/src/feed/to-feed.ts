import type { Activity } from '@sluice/pipeline';
import { type MonoTypeOperatorFunction, tap } from 'rxjs';
import type { CalendarFeed } from './calendar-feed.ts';

/**
 * Puts each activity into the feed and passes it on.
 *
 * ```ts
 * const feed = new CalendarFeed({ name: 'Commits', token: feedToken() });
 * createServer(feed.requestListener).listen(8080, '127.0.0.1');
 * gitCommits('.', { follow: true }).pipe(toActivities(), toFeed(feed)).subscribe();
 * ```
 */
export function toFeed(feed: CalendarFeed): MonoTypeOperatorFunction<Activity> {
  return tap((activity) => feed.put([activity]));
}
