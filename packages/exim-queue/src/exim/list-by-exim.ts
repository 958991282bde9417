import { closable, readChild } from '@sluice/pipeline/node';
import { type ListSettings, listSettings } from '../list/list-settings.ts';
import type { ListOptions } from '../options.ts';
import type { QueueEntry } from '../queue-entry.ts';
import type { QueueFilter } from '../queue-filter.ts';
import type { QueuePlace } from '../queue-place.ts';
import { compileFilter } from '../where/compile-filter.ts';
import { EntrySieve } from './entry-sieve.ts';
import { eximCommand } from './exim-command.ts';
import { eximFailure, eximSaid } from './exim-fault.ts';
import { ownSpool } from './own-spool.ts';
import { queueNames } from './queue-names.ts';
import { refuseUntold } from './refuse-untold.ts';
import { TextParser } from './text-parser.ts';

/**
 * The messages of a queue by what Exim prints of them (`exim -bp`, unsorted `-bpr`), for spools that this user may not
 * read but whose Exim lists them. Bounded in memory: Exim waits while a batch is being worked on.
 *
 * Its text tells less than the files:
 * - `receivedMs` is the id's time;
 * - `sizeBytes` is rounded from 1 KiB on, to two or three digits, as shown;
 * - `state` is `frozen`, `damaged` or, of all others, `deferred`;
 * - `login` is there only where `isSenderUntrusted`; `warnings` is 0;
 * - `frozenSinceMs`, `lockedBy`, `host`, `authId`, `protocol`, `headers` and a recipient's `errorsTo`, `originalRecipient`
 *   and `reason` are never there;
 * - messages that were put aside are not listed, and several queues come one after the other.
 *
 * @throws {EximQueueError} `OPTION` for options at the call, and from the iterator for a filter that needs what the text
 *   does not tell; from the iterator `NO_EXIM`, `DENIED`, `EXIM`
 */
export function eximEntryBatches(place: QueuePlace, options: ListOptions = {}): AsyncIterable<readonly QueueEntry[]> {
  const settings = listSettings(options);
  return closable((signal) => list(place, options.where, settings, signal), options.signal);
}

async function* list(
  place: QueuePlace,
  where: QueueFilter | undefined,
  settings: ListSettings,
  signal: AbortSignal,
): AsyncGenerator<readonly QueueEntry[]> {
  const { order, maxHeaderFileBytes, reports } = settings;
  if (where !== undefined) refuseUntold(where, place.backendReason);
  const sieve = new EntrySieve(where && (await compileFilter(where)), settings);
  await ownSpool(place);
  for (const queue of await queueNames(place)) {
    const parser = new TextParser({
      queue,
      maxMessageChars: maxHeaderFileBytes,
      onFlaw: (reason, line) => reports.flaw('ERR_EXIM_QUEUE_OUTPUT', `Exim printed ${reason}`, { value: line }),
      onGone: () => sieve.gone(),
    });
    const command = eximCommand(place, [...(queue === '' ? [] : [`-qG${queue}`]), order === 'none' ? '-bpr' : '-bp']);
    reports.add('runs');
    try {
      for await (const chunk of readChild(command, signal)) {
        const entries = sieve.pass(parser.feed(chunk));
        if (entries.length > 0) yield entries;
      }
    } catch (error) {
      throw eximFailure(place, error);
    }
    if (signal.aborted) return;
    if (!parser.isWhole) throw eximSaid('what Exim printed of its queue ends within a message', '');
  }
  sieve.end();
}
