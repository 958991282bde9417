import type { ActionConfig } from '@sluice/fail2ban-config';
import { BanActionError } from '../ban-action-error.ts';
import type { CommandResult } from '../commands/command-runner.ts';
import { lastLine } from '../commands/last-line.ts';
import type { Operation } from './action-texts.ts';

/** `actionban of iptables in jail sshd`, to begin messages with. */
export const whoRuns = (operation: Operation, { name }: ActionConfig, jail: string): string =>
  `${operation} of ${name} in jail ${jail}`;

/** What is wrong with a command's end; undefined when nothing is. */
export function commandFault(who: string, config: ActionConfig, result: CommandResult): BanActionError | undefined {
  const { exitCode, signal, stderr, timedOut, aborted } = result;
  if (exitCode === 0 && !timedOut && !aborted) return undefined;
  if (aborted) return new BanActionError('ERR_BAN_ACTION_ABORTED', `${who} was ended, the action is being stopped`);
  const said = lastLine(stderr);
  if (timedOut) {
    const fault = `${who} ran longer than ${config.timeoutMs / 1000} s and was ended${said}`;
    const cure = 'find out what it waits for, or raise `timeout` in the [Init] of the action';
    return new BanActionError('ERR_BAN_ACTION_TIMEOUT', fault, { ...config.place, limit: config.timeoutMs, cure });
  }
  const end = exitCode === undefined ? `was ended by ${signal ?? 'a signal'}` : `ended with exit code ${exitCode}`;
  const cure =
    exitCode === 127
      ? 'install the program that it names, or put its folder into PATH'
      : exitCode === 126
        ? 'make the program that it names executable'
        : 'run the command by hand, as the user of this process, to see why';
  return new BanActionError('ERR_BAN_ACTION_FAILED', `${who} ${end}${said}`, {
    ...config.place,
    value: exitCode,
    cure,
  });
}
