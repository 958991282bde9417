import type { Chunk } from '@sluice/pipeline';
import { Observable, type OperatorFunction } from 'rxjs';
import type { MainlogEvent } from './mainlog-event.ts';
import { MainlogReader } from './mainlog-reader.ts';
import type { MainlogOptions } from './options.ts';

/**
 * Reads the lines of Exim's main log as events.
 *
 * 1. A chunk's events are emitted in the order of its lines before its `next` returns, so a source that acks by itself acks
 *    after them.
 * 2. Lines that cannot be understood go to `rejects`; the stream errors only if its source does.
 *
 * @throws {EximQueueError} `OPTION`, at the call
 *
 * @example
 * ```ts
 * followFiles('/var/log/exim4/mainlog')
 *   .pipe(mainlogEvents({ kinds: ['failed'] }))
 *   .subscribe((event) => event.kind === 'failed' && console.log(event.recipient, event.reason));
 * ```
 */
export function mainlogEvents(options: MainlogOptions = {}): OperatorFunction<Chunk, MainlogEvent> {
  const reader = new MainlogReader(options);
  return (source) =>
    new Observable((subscriber) =>
      source.subscribe({
        next: (chunk) => reader.feed(chunk, (event) => subscriber.next(event)),
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      }),
    );
}
