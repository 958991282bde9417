import { BanActionError } from '../ban-action-error.ts';
import type { CommandResult } from './command-runner.ts';
import { lastLine } from './last-line.ts';

/** What is wrong with the end of a program that the options name; undefined when nothing is. */
export function programFault(who: string, result: CommandResult, timeoutMs: number): BanActionError | undefined {
  const { exitCode, signal, stderr, timedOut, aborted } = result;
  if (aborted) return new BanActionError('ERR_BAN_ACTION_ABORTED', `${who} was ended, the backend is being stopped`);
  const said = lastLine(stderr);
  if (timedOut) {
    const fault = `${who} ran longer than ${timeoutMs} ms (timeoutMs) and was ended${said}`;
    return new BanActionError('ERR_BAN_ACTION_TIMEOUT', fault, { limit: timeoutMs });
  }
  if (exitCode === 0) return undefined;
  const end = exitCode === undefined ? `was ended by ${signal ?? 'a signal'}` : `ended with exit code ${exitCode}`;
  return new BanActionError('ERR_BAN_ACTION_FAILED', `${who} ${end}${said}`, { value: exitCode });
}
