import { entryBatches, type QueueEntry, type QueuePlace } from '@sluice/exim-queue/batches';
import type { CommandContext } from '../command-context.ts';
import { readIds } from '../ids/read-ids.ts';
import { type Selection, whereOf } from '../ids/selection.ts';
import { rejectsOf } from '../list/rejects-of.ts';

/** Messages to act on: those that a filter found, and ids of those that were named. */
export type Chosen = AsyncIterable<readonly (QueueEntry | string)[]>;

async function* named(
  selection: Selection,
  context: CommandContext,
): AsyncGenerator<readonly string[], void, undefined> {
  if (selection.ids.length > 0) yield selection.ids;
  if (selection.hasInput) yield* readIds(context);
}

/**
 * The messages to act on, in no order: the first ones are there at once, while the rest is still looked for. Named messages
 * are not looked for, unless options say more of them.
 */
export async function* chosenMessages(
  selection: Selection,
  place: QueuePlace,
  context: CommandContext,
): AsyncGenerator<readonly (QueueEntry | string)[], void, undefined> {
  const { io, messages } = context;
  const isNamed = selection.ids.length > 0 || selection.hasInput;
  if (isNamed && selection.filter === undefined) {
    yield* named(selection, context);
    return;
  }
  const where = await whereOf(selection, context);
  yield* entryBatches(place, {
    fields: [],
    order: 'none',
    rejects: rejectsOf(messages, where),
    signal: io.stop.signal,
    ...(where !== undefined && { where }),
  });
}

/** All of them, and how many they are, for a question that names their number. */
export async function holdAll(chosen: Chosen): Promise<{ readonly batches: Chosen; readonly count: number }> {
  const held: (readonly (QueueEntry | string)[])[] = [];
  let count = 0;
  for await (const batch of chosen) {
    held.push(batch);
    count += batch.length;
  }
  async function* again(): AsyncGenerator<readonly (QueueEntry | string)[], void, undefined> {
    yield* held;
  }
  return { batches: again(), count };
}
