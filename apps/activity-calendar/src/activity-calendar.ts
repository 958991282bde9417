import { parseCommandLine } from './command-line/parse-command-line.ts';
import type { Request } from './command-line/request.ts';
import type { CommandContext } from './commands/command-context.ts';
import { exitStatus } from './exit-status.ts';
import type { Io } from './io.ts';
import { jobOf } from './job/job-of.ts';
import { Messages } from './output/messages.ts';
import { ProgressLine } from './output/progress-line.ts';
import { writeAll } from './output/write-all.ts';

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
export async function activityCalendar(args: readonly string[], io: Io): Promise<number> {
  const messages = new Messages(io.stderr);
  try {
    return await run(args, io, messages);
  } catch (error) {
    // Whoever read the output has seen enough.
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return exitStatus.done;
    messages.fatal(error);
    return exitStatus.failed;
  }
}
