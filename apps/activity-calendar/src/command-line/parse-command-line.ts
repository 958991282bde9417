import { CommanderError } from 'commander';
import { makeProgram } from './make-program.ts';
import type { Request } from './request.ts';
import { usageError } from './usage-error.ts';

/**
 * What the arguments ask for; help and version are a text to print.
 *
 * @throws ActivityCalendarError `ERR_ACTIVITY_CALENDAR_USAGE`
 */
export function parseCommandLine(args: readonly string[]): Request {
  let request: Request | undefined;
  let printed = '';
  let complaint = '';
  const program = makeProgram((asked) => {
    request = asked;
  });
  program.exitOverride().configureOutput({
    writeOut: (text) => {
      printed += text;
    },
    writeErr: (text) => {
      complaint += text;
    },
  });
  // A command that was made apart from its program does not inherit them by itself.
  for (const command of program.commands.flatMap((child) => [child, ...child.commands])) {
    command.copyInheritedSettings(program);
  }
  if (args.length === 0) throw usageError('there is no command', 'see activity-calendar --help');
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw usageError(faultOf(complaint || error.message), 'see activity-calendar --help');
    return { command: 'print', text: printed };
  }
  if (request === undefined) throw usageError('there is no command', 'see activity-calendar --help');
  return request;
}

/** commander's complaint in one line: `error: unknown option '--x'` and, on a line of its own, `(Did you mean --y?)`. */
const faultOf = (complaint: string): string =>
  complaint
    .replace(/^error: /, '')
    .trim()
    .replace(/\n\(Did you mean (.*?)\?\)$/s, ' (did you mean $1?)')
    .replaceAll('\n', ' ');
