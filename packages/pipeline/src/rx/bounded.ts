import { Observable, type OperatorFunction } from 'rxjs';
import { ComponentError } from '../component-error.ts';

export interface BoundedOptions<T> {
  /** Most pieces of work under way at once. Default 1, which also keeps order. */
  readonly concurrency?: number;
  /** Most items that wait. Default 1024. */
  readonly maxQueued?: number;
  /**
   * What happens to an item that finds the queue full: `dropOldest` makes room by dropping the longest waiting one,
   * `dropNewest` drops the item itself, `error` ends the stream with `ERR_PIPELINE_OVERFLOW`. Default `error`:
   * losing is a choice that the caller has to make. To slow the source down instead, give it `ack: 'manual'` and ack
   * after the work: credits then bound what can arrive.
   */
  readonly overflow?: 'dropOldest' | 'dropNewest' | 'error';
  /** Called for each dropped item, so that no loss is silent. */
  readonly onDrop?: (item: T) => void;
}

/**
 * Does asynchronous work for each item with a bound on what runs and on what waits.
 *
 * 1. Up to `concurrency` calls of `work` run at once; further items wait in a queue of at most `maxQueued`.
 * 2. Results are emitted as they finish. The stream completes when the source has and all work is done.
 * 3. A rejected promise or a full queue (`overflow: 'error'`) errors the stream.
 * 4. Unsubscribing aborts the signal that `work` was given and forgets the queue.
 *
 * Unlike `mergeMap(work, n)`, whose queue grows without a bound under a fast source.
 */
export function bounded<T, R>(
  work: (item: T, signal: AbortSignal) => Promise<R>,
  options: BoundedOptions<T> = {},
): OperatorFunction<T, R> {
  const { concurrency = 1, maxQueued = 1024, overflow = 'error', onDrop } = options;
  return (source) =>
    new Observable((subscriber) => {
      const abort = new AbortController();
      const queue: T[] = [];
      let running = 0;
      let ended = false;

      const run = (item: T): void => {
        running += 1;
        work(item, abort.signal).then(
          (result) => {
            running -= 1;
            subscriber.next(result);
            advance();
          },
          (error: unknown) => subscriber.error(error),
        );
      };
      const advance = (): void => {
        if (subscriber.closed) return;
        while (running < concurrency && queue.length > 0) run(queue.shift() as T);
        if (ended && running === 0) subscriber.complete();
      };
      const enqueue = (item: T): void => {
        if (queue.length >= maxQueued) {
          if (overflow === 'error') {
            const fault = `more than ${maxQueued} items wait for work`;
            subscriber.error(new ComponentError('ERR_PIPELINE_OVERFLOW', fault, { limit: maxQueued }));
            return;
          }
          const dropped = overflow === 'dropOldest' && queue.length > 0 ? (queue.shift() as T) : item;
          onDrop?.(dropped);
          if (dropped === item) return;
        }
        queue.push(item);
      };

      subscriber.add(() => {
        abort.abort();
        queue.length = 0;
      });
      subscriber.add(
        source.subscribe({
          next: (item) => (running < concurrency ? run(item) : enqueue(item)),
          error: (error: unknown) => subscriber.error(error),
          complete: () => {
            ended = true;
            advance();
          },
        }),
      );
    });
}
