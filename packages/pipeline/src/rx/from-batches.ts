import { Observable } from 'rxjs';
import { untilAborted } from './until-aborted.ts';

/**
 * The items of an iterable of batches, as a cold Observable: each subscription opens an iterator of its own.
 *
 * 1. A batch is emitted item by item before the next one is asked for, so a synchronous consumer paces the source.
 *    An asynchronous one does not: it iterates the batches itself (`for await`), or bounds its queue by `bounded()`.
 * 2. Unsubscribing and `signal` end the iterator (`return()`), after which nothing is emitted; an abort completes.
 * 3. What the iterator throws errors the stream, after all that came before it.
 */
export function fromBatches<T>(
  open: (signal: AbortSignal) => AsyncIterable<readonly T[]>,
  signal?: AbortSignal,
): Observable<T> {
  const items = new Observable<T>((subscriber) => {
    const abort = new AbortController();
    const run = async (): Promise<void> => {
      for await (const batch of open(abort.signal)) {
        for (const item of batch) {
          if (subscriber.closed) return;
          subscriber.next(item);
        }
        if (subscriber.closed) return;
      }
      subscriber.complete();
    };
    run().catch((error: unknown) => subscriber.error(error));
    return () => abort.abort();
  });
  return signal === undefined ? items : items.pipe(untilAborted(signal));
}
