import { parseArguments } from '@sluice/command-line/commander';
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
  const program = makeProgram((asked) => {
    request = asked;
  });
  const text = parseArguments(program, args, usageError);
  if (text !== undefined) return { command: 'print', text };
  if (request === undefined) throw usageError('there is no command', 'see activity-calendar --help');
  return request;
}
