import type { CalendarFileOptions } from '@sluice/ical-sink/batches';
import { calendarOptions } from '../job/calendar-job.ts';
import type { CommandContext } from './command-context.ts';

/** How the job's calendar file is written. Without the signal to stop: what to do then is for the command to say. */
export function calendarFileOptions(
  { job, messages }: CommandContext,
  mode: 'replace' | 'upsert',
): CalendarFileOptions {
  const { split, maxBytes, maxEvents } = job.calendar;
  return {
    ...calendarOptions(job),
    mode,
    rejects: messages,
    ...(split === undefined ? {} : { split }),
    ...(maxBytes === undefined ? {} : { maxBytes }),
    ...(maxEvents === undefined ? {} : { maxEvents }),
  };
}
