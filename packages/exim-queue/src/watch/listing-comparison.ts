import type { QueueChange } from '../queue-change.ts';
import type { QueueEntry } from '../queue-entry.ts';
import type { KnownMessages } from './known-messages.ts';
import type { Settling } from './settling.ts';

/**
 * Compares a list of the whole queue with what is known, where the spool may not be read.
 *
 * @param number differs from that of every comparison before, and is not 0
 * @returns the changes, and of how many messages; undefined when it was aborted. With a `failure` the list was not whole,
 *   and what was missing in it is taken to be as it was known.
 */
export async function compareListing(
  list: AsyncIterable<readonly QueueEntry[]>,
  number: number,
  parts: { readonly known: KnownMessages; readonly settling: Settling },
  signal: AbortSignal,
): Promise<{ readonly changes: QueueChange[]; readonly count: number; readonly failure?: unknown } | undefined> {
  const { known, settling } = parts;
  const changes: QueueChange[] = [];
  let count = 0;
  const settle = (id: string, entry: QueueEntry | undefined): void => {
    const dirty = { id, isMissed: true, journal: undefined, deadlineMs: Number.NEGATIVE_INFINITY };
    const settled = settling.settle(dirty, entry, Date.now()) ?? [];
    if (settled.length > 0) count += 1;
    changes.push(...settled);
  };
  try {
    for await (const batch of list) {
      for (const entry of batch) {
        settle(entry.id, entry);
        const message = known.get(entry.id);
        if (message !== undefined) message.seen = number;
      }
    }
  } catch (failure) {
    return { changes, count, failure };
  }
  if (signal.aborted) return undefined;
  const missing = [...known.entries()].filter(([, { seen }]) => seen !== number).map(([id]) => id);
  for (const id of missing) settle(id, undefined);
  return { changes, count };
}
