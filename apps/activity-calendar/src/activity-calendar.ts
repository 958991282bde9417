import { exitStatus, exitStatusOf, type Io, Messages, ProgressLine, writeAll } from '@sluice/command-line';
import { ActivityCalendarError } from './activity-calendar-error.ts';
import { parseCommandLine } from './command-line/parse-command-line.ts';
import type { Request } from './command-line/request.ts';
import type { CommandContext } from './commands/command-context.ts';
import { jobOf } from './job/job-of.ts';

type Command = Exclude<Request['command'], 'print'>;

/** What each command loads: the quickest one does not wait for the parts of the others. */
const commands: Readonly<Record<Command, () => Promise<(context: CommandContext) => Promise<number>>>> = {
  write: async () => (await import('./commands/write-calendar.ts')).writeCalendar,
  push: async () => (await import('./commands/push.ts')).push,
  stats: async () => (await import('./commands/stats.ts')).printStats,
  serve: async () => (await import('./commands/serve.ts')).serve,
};

async function run(args: readonly string[], io: Io, messages: Messages): Promise<number> {
  const request = parseCommandLine(args);
  if (request.command === 'print') {
    writeAll(io.stdout, request.text);
    return exitStatus.done;
  }
  const job = await jobOf(request);
  if (job.run.quiet === true) messages.hideNotes();
  for (const fault of job.faults) messages.problem(fault);
  const progress = new ProgressLine(
    messages,
    io.stderr,
    job.run.quiet === true ? 'never' : (job.run.progress ?? 'auto'),
  );
  try {
    const command = await commands[request.command]();
    return await command({ job, io, messages, progress });
  } finally {
    progress.clear();
  }
}

/**
 * Runs the program.
 *
 * @param args of the command line, without the program's name
 * @returns exit status: 0 done, 1 nothing found or not all of it could be used, 2 usage or failure. It never throws.
 */
export function activityCalendar(args: readonly string[], io: Io): Promise<number> {
  const messages = new Messages('activity-calendar', io.stderr, faultsOf);
  return exitStatusOf(messages, () => run(args, io, messages));
}

const faultsOf = (error: unknown): readonly unknown[] => (error instanceof ActivityCalendarError ? error.all : [error]);
