import { entryBatches, type QueueEntry, type QueuePlace } from '@sluice/exim-queue/batches';
import type { RejectSink } from '@sluice/pipeline';
import type { Check } from './check.ts';

const shortIdLength = 16;
const maxNamed = 5;

interface Counts {
  all: number;
  short: number;
  aside: number;
  readonly queues: Map<string, number>;
  readonly damaged: QueueEntry[];
}

/** Reads all messages of all queues once. */
async function countAll(place: QueuePlace, signal: AbortSignal, rejects: RejectSink): Promise<Counts> {
  const counts: Counts = { all: 0, short: 0, aside: 0, queues: new Map(), damaged: [] };
  const options = { fields: ['size', 'headers'], headers: [], order: 'none', damaged: true, rejects, signal } as const;
  for await (const batch of entryBatches(place, options)) {
    for (const entry of batch) {
      counts.all += 1;
      if (entry.id.length === shortIdLength) counts.short += 1;
      if (entry.isAside) counts.aside += 1;
      if (entry.queue !== '') counts.queues.set(entry.queue, (counts.queues.get(entry.queue) ?? 0) + 1);
      if (entry.problem !== undefined) counts.damaged.push(entry);
    }
  }
  return counts;
}

function idCheck({ all, short }: Counts): Check {
  const long = all - short;
  const text =
    all === 0
      ? 'the queue is empty'
      : `${all.toLocaleString('en')}, ${short === 0 ? 'all with long ids' : long === 0 ? 'all with short ids' : `${short} with short and ${long} with long ids`}`;
  return { level: 'ok', what: 'messages', text };
}

function damageCheck({ damaged }: Counts): Check {
  const what = 'damaged';
  if (damaged.length === 0) return { level: 'ok', what, text: 'no message is' };
  const named = damaged.slice(0, maxNamed).map(({ id, problem }) => `${id} (${problem?.kind}: ${problem?.reason})`);
  const more = damaged.length > maxNamed ? ` and ${damaged.length - maxNamed} more` : '';
  const cure = 'look at each with eximq show ID --all; eximq rm ID removes what cannot be saved';
  return { level: 'bad', what, text: `${named.join(', ')}${more}`, cure };
}

/** Looks at what is in the queues: forms of ids, named queues, what is put aside, what is damaged. */
export async function messageChecks(
  place: QueuePlace,
  signal: AbortSignal,
  rejects: RejectSink,
): Promise<readonly Check[]> {
  // Exim's text has neither named queues nor reasons of damage.
  const all: QueuePlace = place.backend === 'spool' ? { ...place, queue: '*', aside: true } : place;
  const counts = await countAll(all, signal, rejects);
  const queues = [...counts.queues].map(([name, count]) => `${name} (${count})`).join(', ');
  return [
    idCheck(counts),
    ...(queues === '' ? [] : [{ level: 'ok', what: 'queues', text: `also ${queues}; see --queue` } as const]),
    ...(counts.aside === 0
      ? []
      : [{ level: 'ok', what: 'aside', text: `${counts.aside} frozen messages are put aside` } as const]),
    damageCheck(counts),
  ];
}
