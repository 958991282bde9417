import type { ActionConfig } from '@sluice/fail2ban-config';
import { Serial } from '@sluice/pipeline';
import type { BanActionError } from '../ban-action-error.ts';
import { spawnRunner } from '../commands/spawn-runner.ts';
import { startError } from '../commands/start-error.ts';
import type { Operation } from './action-texts.ts';
import { commandFault, whoRuns } from './command-fault.ts';
import type { ShellScript } from './fill-in.ts';
import type { Fail2banActionOptions } from './options.ts';

/** Runs one command of an action; resolves to what went wrong. */
export type RunScript = (
  operation: Operation,
  script: ShellScript,
  signal?: AbortSignal,
) => Promise<BanActionError | undefined>;

/**
 * One lock for each action file that edits files, in all jails: such commands (`sed -i /etc/hosts.deny`) are written for
 * fail2ban, which runs one at a time, and lose entries when they meet. There are as many as a configuration has files.
 */
const locks = new Map<string, Serial>();

/** `sed -i`, or output that goes into a file and not to /dev/null or another output. */
const editsFiles = /\bsed\b[^|;&]*\s-\w*i|\btee\b|>>?\s*(?![\s&|>]|\/dev\/(?:null|std))/;

function lockOf({ file, commands, commandsV6 }: ActionConfig): Serial {
  const texts = [commands, commandsV6].flatMap((of) => Object.values(of) as string[]);
  if (!texts.some((text) => editsFiles.test(text.replace(/<[^<>]+>/g, '_')))) return new Serial();
  const lock = locks.get(file) ?? new Serial();
  locks.set(file, lock);
  return lock;
}

/** Runs scripts with `sh -c`, their values as arguments. */
export function actionShell(
  config: ActionConfig,
  options: Pick<Fail2banActionOptions, 'jail' | 'runner' | 'timeoutMs' | 'onFailed'>,
): RunScript {
  const { jail, runner = spawnRunner, timeoutMs: limit = () => config.timeoutMs, onFailed } = options;
  const lock = lockOf(config);
  return (operation, { script, values }, signal) =>
    lock.run(async () => {
      const who = whoRuns(operation, config, jail);
      const timeoutMs = limit();
      try {
        const command = { argv: ['sh', '-c', script, ...values], timeoutMs };
        const result = await runner.run(command, signal);
        const fault = commandFault(who, { ...config, timeoutMs }, result);
        if (fault && !result.aborted) onFailed?.({ operation, command: { script, values }, result });
        return fault;
      } catch (cause) {
        return startError(who, 'sh', cause);
      }
    });
}
