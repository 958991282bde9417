import type { Chunk, Failure, NameResolver } from '@sluice/pipeline';
import { Observable, type OperatorFunction } from 'rxjs';
import type { Fail2banFilter } from '../fail2ban-filter.ts';
import { NameQueue, type NameQueueOptions } from '../names/name-queue.ts';

/** Options of {@link matchFilter}. */
export interface MatchFilterOptions extends NameQueueOptions {
  /** Looks host names up (`usedns` `yes` or `warn`). Default: the filter's option `names`, else they are rejected. */
  readonly resolver?: NameResolver | undefined;
}

/**
 * Finds the failures in chunks of a log.
 *
 * 1. Each chunk's failures are emitted in line order before its `next` returns, so a source that acks by itself acks
 *    after them.
 * 2. With a `resolver`, a failure of a host name becomes one failure for each of its addresses. While a name is looked up
 *    all failures behind it wait, at most `maxWaiting`, and the stream completes after them. Chunks are not held back: a
 *    source that must not ack before takes a {@link NameQueue} by itself and acks when it is `settled`.
 * 3. The filter's state lives in `filter`: a filter serves one subscription at a time.
 * 4. What cannot be counted goes to the filter's `rejects`; the stream errors only if its source does, then at once.
 *
 * @example
 * ```ts
 * readFiles('/var/log/auth.log').pipe(matchFilter(loadFilter('sshd'))).subscribe(({ id }) => console.log(id));
 * ```
 */
export function matchFilter(
  filter: Fail2banFilter,
  options: MatchFilterOptions = {},
): OperatorFunction<Chunk, Failure> {
  const { resolver } = options;
  return (source) =>
    new Observable((subscriber) => {
      const emit = (failure: Failure): void => subscriber.next(failure);
      const queue = resolver && new NameQueue(resolver, emit, options);
      const push = queue && ((failure: Parameters<NameQueue['push']>[0]): void => queue.push(failure));
      const complete = (): void => subscriber.complete();
      subscriber.add(() => queue?.clear());
      subscriber.add(
        source.subscribe({
          next: (chunk) => filter.process(chunk, push ?? emit, push),
          error: (error: unknown) => subscriber.error(error),
          complete: () => {
            const settled = queue?.settled;
            if (settled === undefined) complete();
            else void settled.then(complete);
          },
        }),
      );
    });
}
