import { CalendarFile, type CalendarFileResult } from '@sluice/ical-sink/batches';
import type { Activity } from '@sluice/pipeline';
import { calendarSiblings } from '../output/calendar-siblings.ts';
import { Reading } from '../sources/reading.ts';
import { CursorState } from '../state/cursor-state.ts';
import { calendarFileOptions } from './calendar-file-options.ts';
import type { CommandContext } from './command-context.ts';
import { inSessions } from './in-sessions.ts';
import { statusOf } from './status-of.ts';
import { changesText, filesText } from './summary-text.ts';
import { UpsertQueue } from './upsert-queue.ts';

const maxTitleLength = 60;

function changeText(result: CalendarFileResult, output: string, activities: readonly Activity[]): string {
  const time = new Date().toTimeString().slice(0, 8);
  const title = activities.at(-1)?.title.slice(0, maxTitleLength) ?? '';
  return `${time} ${changesText(result)} → ${filesText(result, output)}: ${title}`;
}

async function upsert(
  context: CommandContext,
  output: string,
  activities: readonly Activity[],
): Promise<CalendarFileResult> {
  const file = new CalendarFile(output, calendarFileOptions(context, 'upsert'));
  try {
    await file.write(activities);
    return await file.close();
  } catch (error) {
    await file.abort();
    throw error;
  }
}

/** Keeps a calendar file up to date with its sources, until stopped: at most one write every two seconds. */
export async function followIntoFile(context: CommandContext, output: string): Promise<number> {
  const { job, io, messages, progress } = context;
  const { state: stateFile } = job.calendar;
  const state = stateFile === undefined ? undefined : new CursorState(stateFile, calendarSiblings(output).length === 0);
  const reading = new Reading(job.sources, { follow: true, signal: io.stop.signal, messages, progress, state });
  const queue = new UpsertQueue({
    async write(activities) {
      const reached = state?.reached();
      const result = await upsert(context, output, activities);
      if (reached !== undefined) await state?.save(reached);
      return result;
    },
    onWritten(result, activities) {
      progress.clear();
      const isChanged = result.files.some(({ changed }) => changed);
      if (isChanged) messages.note(changeText(result, output, activities));
    },
    onFailure: (error) => messages.problem(error),
  });
  try {
    for await (const batch of inSessions(reading.batches(), job.calendar, true)) await queue.add(batch);
  } finally {
    await queue.close();
  }
  await state?.save();
  return statusOf(context, reading);
}
