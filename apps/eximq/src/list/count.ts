import { exitStatus, writeAll } from '@sluice/command-line';
import { countMessages, entryBatches } from '@sluice/exim-queue/batches';
import type { CommandContext } from '../command-context.ts';
import { selectionOf } from '../ids/selection.ts';
import { openPlace } from '../place/open-place.ts';

/** Prints how many messages there are. None is an answer, too. */
export async function count(context: CommandContext): Promise<number> {
  const { io, messages, progress } = context;
  const { filter } = selectionOf(context);
  const place = await openPlace(context);
  const { signal } = io.stop;
  let found = 0;
  if (filter === undefined) found = await countMessages(place, signal);
  else {
    const onProgress = ({ done, total }: { done: number; total?: number }) => progress.show(done, 'messages', total);
    const options = { where: filter, fields: [], order: 'none', rejects: messages, signal, onProgress } as const;
    for await (const batch of entryBatches(place, options)) found += batch.length;
  }
  progress.clear();
  // Half of a number is a wrong number.
  if (signal.aborted) return exitStatus.failed;
  writeAll(io.stdout, `${found}\n`);
  messages.endOfRejects();
  return messages.hasProblems ? exitStatus.problems : exitStatus.done;
}
