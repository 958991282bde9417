import type { Activity } from '@sluice/pipeline';
import { type ActivityFilter, matchesFilter, parseFilter } from './activity-filter.ts';
import type { ActivityStore } from './activity-store.ts';
import { type ActivityView, activityView } from './activity-view.ts';
import { inTurns } from './in-turns.ts';
import { QueryError } from './query-error.ts';

const defaultLimit = 50;
const maxLimit = 200;
const dayMs = 86_400_000;

/** A piece of the list, newest first. */
export interface ActivityList {
  readonly activities: readonly ActivityView[];
  /** To be given as `before` for the next piece; null after the last one. */
  readonly next: string | null;
}

/**
 * Answers `?from&to&author&category&q&before&limit`: at most `limit` activities, 50 unless told and 200 at most, and where
 * to go on. A place to go on from stays good while activities come in. Throws {@link QueryError}.
 */
export async function listActivities(
  store: ActivityStore,
  query: URLSearchParams,
  utc: boolean,
): Promise<ActivityList> {
  const filter = parseFilter(query);
  const limit = parseLimit(query.get('limit'));
  const before = query.get('before');
  const all = store.newestFirst();
  const first = before === null ? 0 : placeOf(all, before);
  const matches = matchesFilter(filter, utc);
  const isTooOld = olderThan(filter);
  const activities: ActivityView[] = [];
  let next: string | null = null;
  await inTurns(all, first, (activity, index) => {
    if (isTooOld(activity)) return false;
    if (!matches(activity)) return true;
    if (activities.length === limit) {
      next = cursorAt(all, index);
      return false;
    }
    activities.push(activityView(activity, utc));
    return true;
  });
  return { activities, next };
}

function parseLimit(text: string | null): number {
  if (text === null || text === '') return defaultLimit;
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > maxLimit) throw new QueryError(`limit must be an integer from 1 to ${maxLimit}`);
  return limit;
}

/** No zone is more than a day away from UTC. */
function olderThan({ fromDay }: ActivityFilter): (activity: Activity) => boolean {
  const leastMs = fromDay === undefined ? Number.NEGATIVE_INFINITY : (fromDay - 1) * dayMs;
  return ({ startMs }) => startMs < leastMs;
}

/** `<instant>_<how many of that instant come before>`: nothing of it is data, and newer activities do not move it. */
function cursorAt(all: readonly Activity[], index: number): string {
  const startMs = all[index]?.startMs ?? 0;
  return `${startMs}_${index - firstAt(all, startMs)}`;
}

function placeOf(all: readonly Activity[], cursor: string): number {
  const [, instant, skipped] = /^(-?\d[\d.e+-]{0,30})_(\d{1,9})$/.exec(cursor) ?? [];
  if (!Number.isFinite(Number(instant))) throw new QueryError("before must be the value of an earlier answer's next");
  return firstAt(all, Number(instant)) + Number(skipped);
}

/** Index of the first activity that is not newer than an instant. */
function firstAt(all: readonly Activity[], atMs: number): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.startMs ?? 0) > atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
