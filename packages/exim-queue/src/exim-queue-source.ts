import { fromBatches, untilAborted } from '@sluice/pipeline/rx';
import { defer, type Observable } from 'rxjs';
import type { EximQueue } from './exim-queue.ts';
import { countMessages } from './list/count-messages.ts';
import { entryBatches } from './list/entry-batches.ts';
import { listSettings } from './list/list-settings.ts';
import { checkOpenOptions } from './locate/check-open-options.ts';
import { locateQueue } from './locate-queue.ts';
import type { OpenOptions, PartOptions, Reporting } from './options.ts';
import type { PartName } from './part/part-name.ts';
import { partSettings } from './part/part-settings.ts';
import { readPart } from './part/read-part.ts';
import type { QueuePlace } from './queue-place.ts';
import { queueStats } from './stats/queue-stats.ts';
import { summarize } from './summary/summarize.ts';
import { summarySettings } from './summary/summary-settings.ts';
import { watchQueue } from './watch/watch-queue.ts';
import { watchSettings } from './watch/watch-settings.ts';

/**
 * Opens a queue: returns at once, and looks for nothing yet.
 *
 * ```ts
 * const queue = openQueue();
 * queue.list({ where: { frozen: true } }).subscribe(({ id, sender }) => console.log(id, sender));
 * ```
 *
 * @throws {EximQueueError} `OPTION`
 */
export function openQueue(options: OpenOptions = {}): EximQueue {
  checkOpenOptions(options);
  const reporting = reportingOf(options);
  const place = once(() => locateQueue(options));

  /** Ends with the queue's signal, too. */
  const stream = <T>(
    open: (place: QueuePlace, signal: AbortSignal) => AsyncIterable<readonly T[]>,
    signal: AbortSignal | undefined,
  ): Observable<T> =>
    fromBatches(async function* (ended) {
      yield* open(await place(), ended);
    }, signal).pipe(untilAborted(options.signal));

  const part = (name: PartName, id: string, own: PartOptions = {}): Observable<Uint8Array> => {
    partSettings(id, own);
    return stream((at, signal) => singly(readPart(at, id, name, { ...reporting, ...own, signal })), own.signal);
  };

  return {
    options,
    place,
    list: (own = {}) => {
      listSettings(own);
      return stream((at, signal) => entryBatches(at, { ...reporting, ...own, signal }), own.signal);
    },
    count: async () => countMessages(await place(), options.signal),
    summary: (own = {}) => {
      summarySettings(own);
      return stream(async function* (at, signal) {
        yield await summarize(at, { ...reporting, ...own, signal });
      }, own.signal);
    },
    stats: async (own = {}) =>
      queueStats(await place(), { ...reporting, ...own, ...eitherOf(options.signal, own.signal) }),
    watch: (own = {}) => {
      watchSettings(own);
      return defer(() => watchQueue(place(), { ...reporting, ...own })).pipe(untilAborted(options.signal));
    },
    headers: (id, own) => part('headers', id, own),
    body: (id, own) => part('body', id, own),
    log: (id, own) => part('log', id, own),
    message: (id, own) => part('message', id, own),
  };
}

/** What methods take from the queue's options. */
const reportingOf = ({ rejects, metrics, clock }: Reporting): Reporting => ({
  ...(rejects !== undefined && { rejects }),
  ...(metrics !== undefined && { metrics }),
  ...(clock !== undefined && { clock }),
});

/** Does something at the first call and remembers what came of it, unless it failed. */
function once<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined;
  return () => {
    found ??= find().catch((error: unknown) => {
      found = undefined;
      throw error;
    });
    return found;
  };
}

async function* singly<T>(items: AsyncIterable<T>): AsyncGenerator<readonly T[]> {
  for await (const item of items) yield [item];
}

function eitherOf(...signals: readonly (AbortSignal | undefined)[]): { readonly signal?: AbortSignal } {
  const given = signals.filter((signal) => signal !== undefined);
  return given.length === 0 ? {} : { signal: AbortSignal.any(given) };
}
