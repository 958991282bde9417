import type { Failure } from '@sluice/pipeline';
import type { CommandResult, CommandRunner } from '../commands/command-runner.ts';
import { spawnRunner } from '../commands/spawn-runner.ts';
import { tagValue } from './dynamic-tags.ts';
import { subjectOfFailure } from './failure-text.ts';
import { fillIn } from './fill-in.ts';
import type { SurroundingsOptions } from './options.ts';
import { showScript } from './show-script.ts';

export interface FailureCommandOptions extends SurroundingsOptions {
  /** Longest run. Default 60,000, as fail2ban. */
  readonly timeoutMs?: number;
  /** Default: a child process of this one. */
  readonly runner?: CommandRunner;
}

/** A command that is asked about failures. */
export interface FailureCommand {
  /** Runs it for a failure; however it ends is a result. */
  run(failure: Failure, signal?: AbortSignal): Promise<CommandResult>;
  /** The command for a failure, for people. */
  show(failure: Failure): string;
}

/**
 * A command with the tags of a failure, such as fail2ban's `ignorecommand`: run with `sh -c`, with what comes from a log as
 * arguments, as an action's commands are.
 *
 * @throws BanActionError `ERR_BAN_ACTION_OPTION`
 */
export function failureCommand(command: string, options: FailureCommandOptions): FailureCommand {
  const { timeoutMs = 60_000, runner = spawnRunner, resolver } = options;
  const asksName = command.includes('<ip-host>');
  const scriptFor = (failure: Failure) => {
    const subject = subjectOfFailure(failure, options);
    return fillIn(command, (tag) => tagValue(tag, subject));
  };
  return {
    async run(failure, signal) {
      if (asksName && failure.address) await resolver?.nameOf(failure.address);
      const { script, values } = scriptFor(failure);
      return runner.run({ argv: ['sh', '-c', script, ...values], timeoutMs }, signal);
    },
    show: (failure) => showScript(scriptFor(failure)),
  };
}
