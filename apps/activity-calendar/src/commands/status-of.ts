import { exitStatus } from '@sluice/command-line';
import type { Reading } from '../sources/reading.ts';
import type { CommandContext } from './command-context.ts';

/** How a command ends that has read its sources. */
export function statusOf({ job, io, messages }: CommandContext, { failed, found }: Reading): number {
  messages.endOfRejects();
  const { follow } = job.run;
  if (failed.length === job.sources.length || (io.stop.signal.aborted && follow !== true)) return exitStatus.failed;
  if (messages.hasProblems) return exitStatus.problems;
  const isUsedToNothing = follow === true || job.calendar.state !== undefined;
  return found === 0 && !isUsedToNothing ? exitStatus.problems : exitStatus.done;
}
