import { exitStatus, exitStatusOf, Messages, ProgressLine, readOptions, writeAll } from '@sluice/command-line';
import { ComponentError } from '@sluice/pipeline';
import { act } from './act/act.ts';
import { type ActionName, actions } from './act/actions.ts';
import { alert } from './alert/alert.ts';
import type { CommandContext } from './command-context.ts';
import type { CommandName } from './command-line/command-name.ts';
import { quickRequest } from './command-line/quick-request.ts';
import type { Request } from './command-line/request.ts';
import { usageError } from './command-line/usage-error.ts';
import type { Io } from './io.ts';
import { count } from './list/count.ts';
import { list } from './list/list.ts';
import { metrics } from './metrics/metrics.ts';
import { withFlags } from './output/with-flags.ts';
import { globalSettings } from './settings/global-settings.ts';
import { show } from './show/show.ts';
import { summary } from './summary/summary.ts';

type Run = (context: CommandContext) => Promise<number>;

const action =
  (name: ActionName): Run =>
  (context) =>
    act(context, actions[name]);

/**
 * The commands. What takes long to load is loaded where it is needed: RxJS and log files to watch, an HTTP server, the full
 * parser of the command line. All else is in one file, which loads more quickly than many small ones.
 */
const commands: Readonly<Record<CommandName, Run>> = {
  list,
  count,
  show,
  summary,
  rm: action('rm'),
  freeze: action('freeze'),
  thaw: action('thaw'),
  deliver: action('deliver'),
  bounce: action('bounce'),
  move: action('move'),
  'add-rcpt': action('add-rcpt'),
  'mark-delivered': action('mark-delivered'),
  'set-sender': action('set-sender'),
  watch: async (context) => (await import('./watch/watch.ts')).watch(context),
  metrics,
  alert,
  doctor: async (context) => (await import('./doctor/doctor.ts')).doctor(context),
};

async function requestOf(args: readonly string[]): Promise<Request> {
  return quickRequest(args) ?? (await import('./command-line/parse-command-line.ts')).parseCommandLine(args);
}

async function run(args: readonly string[], io: Io, messages: Messages): Promise<number> {
  const request = await requestOf(args);
  if (request.command === 'print') {
    writeAll(io.stdout, request.text);
    return exitStatus.done;
  }
  const { command, operands, options } = request;
  const where = readOptions(options, globalSettings, usageError);
  if (where.quiet === true) messages.hideNotes();
  const progress = new ProgressLine(messages, io.stderr, where.quiet === true ? 'never' : (where.progress ?? 'auto'));
  const context: CommandContext = { where, operands, options, io, messages, progress };
  try {
    const runCommand = commands[command];
    if (where.demo !== true) return await runCommand(context);
    return await (await import('./demo/in-demo.ts')).inDemo(context, runCommand);
  } finally {
    progress.clear();
  }
}

const inFlags = (error: unknown): unknown[] => [error instanceof ComponentError ? withFlags(error.message) : error];

/** What a Nagios plugin ends with when it cannot tell. */
const nagiosUnknown = 3;

/**
 * Runs the program.
 *
 * @param args of the command line, without the program's name
 * @returns exit status: 0 done, 1 nothing found or not all done, 2 usage or failure (3 with `alert --nagios`). It never throws.
 */
export async function eximq(args: readonly string[], io: Io): Promise<number> {
  const messages = new Messages('eximq', io.stderr, inFlags);
  let answered = false;
  const status = await exitStatusOf(messages, async () => {
    const answer = await run(args, io, messages);
    answered = true;
    return answer;
  });
  return !answered && status === exitStatus.failed && args.includes('--nagios') ? nagiosUnknown : status;
}
