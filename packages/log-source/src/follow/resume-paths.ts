import type { FileState } from '../checkpoint/checkpoint-store.ts';
import { LogSourceError } from '../log-source-error.ts';
import type { Tail } from './tail.ts';
import type { Tails, TailsContext } from './tails.ts';

/**
 * After a start: reads on in the files of the last run that were rotated away since, then in those that were rotated
 * after them, then in what their paths lead to now.
 *
 * @param currentOf the file that a path leads to now
 */
export function resumePaths(tails: Tails, context: TailsContext, currentOf: (path: string) => Tail | undefined): void {
  for (const [path, states] of groupByPath(tails.memory.unfinished)) {
    const olds = states.flatMap((state) => {
      const tail = tails.recover(state);
      if (tail !== undefined) return [tail];
      context.keeper.drop(state.id);
      context.reports.say(lost(state), path, state.position);
      return [];
    });
    const current = currentOf(path);
    // A current file that was known ends the line: nothing can have come after it unseen.
    const looks = states.map(({ lookedMs, notedMs }) => lookedMs ?? notedMs);
    const sinceMs = current?.isResumed ? Number.POSITIVE_INFINITY : Math.max(...looks);
    tails.succeed(path, sinceMs, olds, current);
  }
}

function groupByPath(states: readonly FileState[]): Map<string, FileState[]> {
  const groups = new Map<string, FileState[]>();
  for (const state of states) groups.set(state.path, [...(groups.get(state.path) ?? []), state]);
  return groups;
}

function lost({ path, position }: FileState): LogSourceError {
  const fault = `the file that was read up to byte ${position} is gone, and what came after it is not read`;
  const cure = 'if it was compressed meanwhile, read the archive with readFiles';
  return new LogSourceError('ERR_LOG_SOURCE_LOST', fault, { file: path, cure });
}
