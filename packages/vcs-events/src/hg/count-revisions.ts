import { runChild } from '../run-child.ts';
import { hgCommand } from './hg-command.ts';
import { selection } from './read-records.ts';
import type { Revisions } from './revisions.ts';

/** How many they are; undefined when that cannot be found out, or after an abort. */
export async function countRevisions(
  directory: string,
  { expression, args }: Revisions,
  signal: AbortSignal,
): Promise<number | undefined> {
  const counting = runChild(
    hgCommand(['log', '--hidden', '-T', '.', ...args, ...selection(expression), '--'], directory),
    signal,
  );
  // Where counting fails, reading does too, and says why.
  const dots = await counting.catch(() => undefined);
  return signal.aborted ? undefined : dots?.length;
}
