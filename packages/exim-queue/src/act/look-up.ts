import { setImmediate as turn } from 'node:timers/promises';
import { runExim } from '../exim/run-exim.ts';
import { TextParser } from '../exim/text-parser.ts';
import type { QueueField } from '../options.ts';
import type { QueueEntry } from '../queue-entry.ts';
import type { QueuePlace } from '../queue-place.ts';
import type { Reports } from '../reports.ts';
import { readMessage } from '../spool/read-message.ts';

/** How long files are read before others get their turn. */
const sliceMs = 4;
const timeoutMs = 60_000;
const maxMessageChars = 8 << 20;

/** Messages by id: as they are now, undefined for one that is not in the queue, absent where it cannot be told. */
export type Sight = ReadonlyMap<string, QueueEntry | undefined>;

/** Looks messages up in a queue, `'*'` for all: put aside or not, by their files or else by what Exim prints of them. */
export type LookUp = (queue: string, ids: readonly string[], fields?: readonly QueueField[]) => Promise<Sight>;

export const lookUpIn = (place: QueuePlace, reports: Reports): LookUp =>
  place.backend === 'spool' ? bySpool({ ...place, queue: '*', aside: true }) : byExim(place, reports);

const bySpool =
  (place: QueuePlace): LookUp =>
  async (queue, ids, fields = []) => {
    const sight = new Map<string, QueueEntry | undefined>();
    let sliceEndMs = performance.now() + sliceMs;
    for (const id of ids) {
      sight.set(id, readMessage(place, id, { ...(queue !== '*' && { queue }), fields }));
      if (performance.now() < sliceEndMs) continue;
      await turn();
      sliceEndMs = performance.now() + sliceMs;
    }
    return sight;
  };

const byExim =
  (place: QueuePlace, reports: Reports): LookUp =>
  async (queue, ids) => {
    const sight = new Map<string, QueueEntry | undefined>(ids.map((id) => [id, undefined]));
    const isNamed = queue !== '' && queue !== '*';
    try {
      const args = [...(isNamed ? [`-qG${queue}`] : []), '-bp', ...ids];
      const { stdout, isCut } = await runExim(place, args, { timeoutMs, reports });
      const parser = new TextParser({
        queue: isNamed ? queue : '',
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
  };
