import { runExim } from '../exim/run-exim.ts';
import { TextParser } from '../exim/text-parser.ts';
import { nextTurn } from '../list/next-turn.ts';
import type { QueueEntry } from '../queue-entry.ts';
import type { QueuePlace } from '../queue-place.ts';
import type { Reports } from '../reports.ts';
import { readMessage } from '../spool/read-message.ts';
import { SpoolFinder, type Wanted } from './spool-finder.ts';

/** How long files are read before others get their turn. */
const sliceMs = 4;
const timeoutMs = 60_000;
const maxMessageChars = 8 << 20;

/**
 * Messages by id: as they are now, `filtered` for one that the filter does not select, undefined for one that is not in the
 * queue, absent where it cannot be told.
 */
export type Sight<T = QueueEntry> = ReadonlyMap<string, T | undefined>;

/** Looks messages up, put aside or not, by their files or else by what Exim prints of them. */
export interface LookUp {
  /** In one queue. */
  select(queue: string, ids: readonly string[], wanted: Wanted): Promise<Sight<QueueEntry | 'filtered'>>;
  /** In one queue, or with `'*'` in all. */
  entries(queue: string, ids: readonly string[]): Promise<Sight>;
}

export const lookUpIn = (place: QueuePlace, reports: Reports): LookUp =>
  place.backend === 'spool' ? bySpool({ ...place, queue: '*', aside: true }) : byExim(place, reports);

const bySpool = (place: QueuePlace): LookUp => ({
  select(queue, ids, wanted) {
    const finder = new SpoolFinder(place, queue, wanted);
    return inSlices(ids, (id) => finder.find(id));
  },
  entries: (queue, ids) => inSlices(ids, (id) => readMessage(place, id, { queue })),
});

async function inSlices<T>(ids: readonly string[], find: (id: string) => T | undefined): Promise<Sight<T>> {
  const sight = new Map<string, T | undefined>();
  let sliceEndMs = performance.now() + sliceMs;
  for (const id of ids) {
    sight.set(id, find(id));
    if (performance.now() < sliceEndMs) continue;
    await nextTurn();
    sliceEndMs = performance.now() + sliceMs;
  }
  return sight;
}

const byExim = (place: QueuePlace, reports: Reports): LookUp => {
  const entries: LookUp['entries'] = (queue, ids) => listed(place, queue === '*' ? '' : queue, ids, reports);
  return {
    entries,
    async select(queue, ids, { filter, nowMs = 0 }) {
      const sight = await entries(queue, ids);
      const isSelected = (entry: QueueEntry): boolean => filter === undefined || filter.matches(entry, nowMs);
      return new Map(
        [...sight].map(([id, entry]) => [id, entry === undefined || isSelected(entry) ? entry : 'filtered']),
      );
    },
  };
};

async function listed(place: QueuePlace, queue: string, ids: readonly string[], reports: Reports): Promise<Sight> {
  const sight = new Map<string, QueueEntry | undefined>(ids.map((id) => [id, undefined]));
  try {
    const args = [...(queue === '' ? [] : [`-qG${queue}`]), '-bp', ...ids];
    const { stdout, isCut } = await runExim(place, args, { timeoutMs, reports });
    const parser = new TextParser({
      queue,
      maxMessageChars,
      onFlaw: (reason, value) => reports.flaw('ERR_EXIM_QUEUE_OUTPUT', `Exim printed ${reason}`, { value }),
      onGone: () => {},
    });
    const entries = parser.feed(Buffer.from(stdout));
    if (isCut || !parser.isWhole) return new Map();
    for (const entry of entries) if (sight.has(entry.id)) sight.set(entry.id, entry);
    return sight;
  } catch {
    // What keeps Exim from listing keeps it from acting, too, and that is told of with each message.
    return new Map();
  }
}
