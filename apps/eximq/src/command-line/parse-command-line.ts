import { parseArguments } from '@sluice/command-line/commander';
import { version } from '../version.ts';
import { makeProgram } from './make-program.ts';
import type { Request } from './request.ts';
import { usageError } from './usage-error.ts';

/**
 * What the arguments ask for; help, version and completion are a text to print.
 *
 * @throws EximqError `ERR_EXIMQ_USAGE`
 */
export function parseCommandLine(args: readonly string[]): Request {
  let request: Request | undefined;
  const program = makeProgram((asked) => {
    request = asked;
  }).version(version());
  const text = parseArguments(program, args, usageError);
  if (text !== undefined) return { command: 'print', text };
  if (request === undefined) throw usageError('there is no command', 'see eximq --help');
  return request;
}
