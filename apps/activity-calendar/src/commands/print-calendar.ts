import { writeAll } from '@sluice/command-line';
import { CalendarWriter, IcalSinkError } from '@sluice/ical-sink/batches';
import type { Activity } from '@sluice/pipeline';
import { calendarOptions } from '../job/calendar-job.ts';
import { Reading } from '../sources/reading.ts';
import type { CommandContext } from './command-context.ts';
import { inSessions } from './in-sessions.ts';
import { statusOf } from './status-of.ts';

/**
 * Prints the calendar. A calendar whose end is missing was not read to its end: then all sources failed, or reading was
 * stopped.
 */
export async function printCalendar(context: CommandContext): Promise<number> {
  const { job, io, messages, progress } = context;
  const writer = new CalendarWriter(calendarOptions(job));
  const reading = new Reading(job.sources, { signal: io.stop.signal, messages, progress, anyOrder: true });
  let hasHead = false;
  const print = (text: string): void => {
    progress.clear();
    writeAll(io.stdout, hasHead ? text : writer.head() + text);
    hasHead = true;
  };
  for await (const batch of inSessions(reading.batches(), job.calendar, false)) {
    print(batch.map((activity) => eventText(writer, activity, context)).join(''));
  }
  const isWhole = reading.failed.length < job.sources.length && !io.stop.signal.aborted;
  if (isWhole) print(writer.foot());
  return statusOf(context, reading);
}

function eventText(writer: CalendarWriter, activity: Activity, { messages }: CommandContext): string {
  try {
    return writer.event(activity);
  } catch (error) {
    if (!(error instanceof IcalSinkError)) throw error;
    messages.next({ component: 'activity-calendar', code: error.code, reason: error.message, value: activity.uid });
    return '';
  }
}
