import { failureCommand, type SurroundingsOptions } from '@sluice/ban-action';
import type { IgnoreCommand } from '@sluice/ban-policy';
import type { Logger } from '../log/fail2ban-log.ts';
import { failureOf } from './failure-of.ts';

/** Answers of a command: it says "ignore", or it says "do not". What else comes is a fault of the command. */
const ignore = 0;
const doNot = 1;

/**
 * Asks a jail's `ignorecommand` whether a failure is to be ignored. A command that fails or runs too long has not said so:
 * the failure counts, and the fault is logged.
 *
 * @param stopped ends a command under way: without an answer, nobody is counted
 */
export function ignoreCommand(
  command: string,
  surroundings: SurroundingsOptions,
  log: Logger,
  stopped: AbortSignal,
): IgnoreCommand {
  const asked = failureCommand(command, surroundings);
  const { jail } = surroundings;
  return async (who) => {
    try {
      const { exitCode, timedOut, aborted, stderr } = await asked.run(failureOf(who), stopped);
      if (aborted) return true;
      if (exitCode === ignore && !timedOut) return true;
      if (exitCode === doNot && !timedOut) return false;
      const end = timedOut
        ? 'ran too long'
        : `ended with ${exitCode === undefined ? 'a signal' : `exit code ${exitCode}`}`;
      const said = stderr.trim().split('\n').at(-1) ?? '';
      log.error(`[${jail}] ignorecommand ${end}${said === '' ? '' : `: ${said.slice(0, 200)}`}; ${who.id} counts`);
    } catch (error) {
      log.error(`[${jail}] ignorecommand could not be run: ${(error as Error).message}; ${who.id} counts`);
    }
    return false;
  };
}
