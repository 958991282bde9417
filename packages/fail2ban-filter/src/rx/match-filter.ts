import type { Chunk, Failure } from '@sluice/pipeline';
import { Observable, type OperatorFunction } from 'rxjs';
import type { Fail2banFilter } from '../fail2ban-filter.ts';

/**
 * Finds the failures in chunks of a log.
 *
 * 1. Each chunk's failures are emitted in line order before its `next` returns, so a source that acks by itself acks
 *    after them.
 * 2. The filter's state lives in `filter`: a filter serves one subscription at a time.
 * 3. What cannot be counted goes to the filter's `rejects`; the stream errors only if its source does.
 *
 * @example
 * ```ts
 * readFiles('/var/log/auth.log').pipe(matchFilter(loadFilter('sshd'))).subscribe(({ id }) => console.log(id));
 * ```
 */
export function matchFilter(filter: Fail2banFilter): OperatorFunction<Chunk, Failure> {
  return (source) =>
    new Observable((subscriber) =>
      source.subscribe({
        next: (chunk) => filter.process(chunk, (failure) => subscriber.next(failure)),
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      }),
    );
}
