import type { Command } from '@sluice/pipeline/node';
import { runChild } from '../run-child.ts';
import { gitCommand } from './git-command.ts';

/** What Git answers, as text. Throws when the signal has aborted: a part of an answer must not count for the whole. */
export async function askGit(
  directory: string,
  args: readonly string[],
  signal: AbortSignal,
  extra?: Pick<Command, 'input' | 'env' | 'onWarnings'>,
): Promise<string> {
  const answer = await runChild(gitCommand(directory, args, extra), signal);
  signal.throwIfAborted();
  return answer;
}
