import { writeAll } from '@sluice/command-line';
import { Reading } from '../sources/reading.ts';
import { CursorState } from '../state/cursor-state.ts';
import type { CommandContext } from './command-context.ts';
import { inSessions } from './in-sessions.ts';
import { statusOf } from './status-of.ts';

/** Prints activities as NDJSON: what `activities` reads. */
export async function printActivities(context: CommandContext): Promise<number> {
  const { job, io, messages, progress } = context;
  const { follow = false } = job.run;
  const state = job.calendar.state === undefined ? undefined : new CursorState(job.calendar.state, false);
  let saving = Promise.resolve();
  const reading = new Reading(job.sources, {
    follow,
    signal: io.stop.signal,
    messages,
    progress,
    state,
    // All that it says was read has been printed.
    onState: () => {
      saving = saving.then(() => state?.save());
      saving.catch(() => io.stop.abort());
    },
  });
  for await (const batch of inSessions(reading.batches(), job.calendar, follow)) {
    progress.clear();
    writeAll(io.stdout, batch.map((activity) => `${JSON.stringify(activity)}\n`).join(''));
  }
  await saving;
  return statusOf(context, reading);
}
