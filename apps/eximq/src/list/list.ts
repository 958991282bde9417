import { exitStatus, readOptions } from '@sluice/command-line';
import { entryBatches, type ListOptions } from '@sluice/exim-queue/batches';
import type { CommandContext } from '../command-context.ts';
import { usageError } from '../command-line/usage-error.ts';
import { selectionOf, whereOf } from '../ids/selection.ts';
import { TextOutput } from '../output/text-output.ts';
import { openPlace } from '../place/open-place.ts';
import { listSettings } from '../settings/list-settings.ts';
import { outputOf } from './output-of.ts';
import { rejectsOf } from './rejects-of.ts';

/** Lists messages, oldest first. */
export async function list(context: CommandContext): Promise<number> {
  const { io, messages, progress, options } = context;
  const settings = readOptions(options, listSettings, usageError);
  const where = await whereOf(selectionOf(context), context);
  const place = await openPlace(context);
  const output = outputOf(settings, place, io, Date.now());
  const { limit = Number.POSITIVE_INFINITY } = settings;
  const printed = new TextOutput(io.stdout);
  const { fields, headers } = output;
  let found = 0;
  const asked: ListOptions = {
    fields,
    headers,
    order: 'arrival',
    rejects: rejectsOf(messages, where),
    signal: io.stop.signal,
    onProgress: ({ done, total }) => progress.show(done, 'messages', total),
    ...(where !== undefined && { where }),
  };
  for await (const batch of entryBatches(place, asked)) {
    progress.clear();
    const wanted = batch.length > limit - found ? batch.slice(0, limit - found) : batch;
    found += wanted.length;
    printed.add(await output.text(wanted));
    if (found >= limit) break;
  }
  progress.clear();
  printed.add(output.end());
  printed.flush();
  messages.endOfRejects();
  if (io.stop.signal.aborted) return exitStatus.failed;
  return found === 0 || messages.hasProblems ? exitStatus.problems : exitStatus.done;
}
