import type { ActionConfig } from '@sluice/fail2ban-config';
import type { BanActionError } from '../ban-action-error.ts';
import type { CommandRunner } from '../commands/command-runner.ts';
import { startError } from '../commands/start-error.ts';
import { Serial } from '../serial.ts';
import type { Operation } from './action-texts.ts';
import { commandFault, whoRuns } from './command-fault.ts';
import type { ShellScript } from './fill-in.ts';

/** Runs one command of an action; resolves to what went wrong. */
export type RunScript = (
  operation: Operation,
  script: ShellScript,
  signal?: AbortSignal,
) => Promise<BanActionError | undefined>;

/**
 * One lock for each action file, in all jails: such commands edit the same files and tables (`sed -i /etc/hosts.deny`),
 * and are written for fail2ban, which runs one at a time. There are as many as a configuration has files.
 */
const locks = new Map<string, Serial>();

function lockOf(file: string): Serial {
  const lock = locks.get(file) ?? new Serial();
  locks.set(file, lock);
  return lock;
}

/** Runs scripts with `sh -c`, their values as arguments. */
export function actionShell(config: ActionConfig, jail: string, runner: CommandRunner): RunScript {
  const lock = lockOf(config.file);
  return (operation, { script, values }, signal) =>
    lock.run(async () => {
      const who = whoRuns(operation, config, jail);
      try {
        const command = { argv: ['sh', '-c', script, ...values], timeoutMs: config.timeoutMs };
        return commandFault(who, config, await runner.run(command, signal));
      } catch (cause) {
        return startError(who, 'sh', cause);
      }
    });
}
