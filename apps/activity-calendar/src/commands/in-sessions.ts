import type { Activity } from '@sluice/pipeline';
import { ActivityCalendarError } from '../activity-calendar-error.ts';
import type { CalendarSettings } from '../settings/calendar-settings.ts';

type Batches = AsyncIterable<readonly Activity[]>;

/** Most activities that are held to be put in order. */
const maxHeld = 2_000_000;

/**
 * Joins what is less than `session` apart to one block; without `session` the batches as they are.
 *
 * With `growing` each activity gives its block as it stands then. Else all are read first and put in order, whatever order
 * the sources have, so that the same activities give the same blocks.
 */
export async function* inSessions(
  batches: Batches,
  { session, slot }: CalendarSettings,
  growing: boolean,
): AsyncGenerator<readonly Activity[], void, undefined> {
  if (session === undefined || session === 0) {
    yield* batches;
    return;
  }
  const { Sessions } = await import('@sluice/ical-sink/batches');
  const sessions = new Sessions({ gapMs: session, growing, ...(slot === undefined ? {} : { slotMs: slot }) });
  if (growing) {
    for await (const batch of batches) yield batch.flatMap((activity) => [...sessions.add(activity)]);
    return;
  }
  const held: Activity[] = [];
  for await (const batch of batches) {
    for (const activity of batch) held.push(activity);
    if (held.length > maxHeld) throw tooMany();
  }
  held.sort((a, b) => a.startMs - b.startMs || (a.uid < b.uid ? -1 : 1));
  yield [...held.flatMap((activity) => [...sessions.add(activity)]), ...sessions.end()];
}

const tooMany = (): ActivityCalendarError =>
  new ActivityCalendarError('ERR_ACTIVITY_CALENDAR_LIMIT', `more than ${maxHeld} activities to join to sessions`, {
    limit: maxHeld,
    cure: 'read fewer with --since and --until, or leave out --session',
  });
