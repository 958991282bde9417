import { isatty } from 'node:tty';
import { usageError } from '../command-line/usage-error.ts';
import type { CommandContext } from './command-context.ts';
import { followIntoFile } from './follow-into-file.ts';
import { printActivities } from './print-activities.ts';
import { printCalendar } from './print-calendar.ts';
import { writeFile } from './write-file.ts';

/** Writes the calendar where it is to go: a file, standard output; or the activities themselves. */
export async function writeCalendar(context: CommandContext): Promise<number> {
  const { job, io } = context;
  const { output } = job.calendar;
  if (job.run.json === true) return printActivities(context);
  if (output === undefined && isatty(io.stdout)) {
    throw usageError('a calendar is not for reading on a terminal', 'give --output FILE, or - to have it here');
  }
  if (output === undefined || output === '-') return printCalendar(context);
  return job.run.follow === true ? followIntoFile(context, output) : writeFile(context, output);
}
