import { type MonoTypeOperatorFunction, Observable } from 'rxjs';

/**
 * Completes the stream and unsubscribes from its source when `signal` aborts, or at once if it already has.
 * Without a signal the stream passes unchanged.
 */
export function untilAborted<T>(signal: AbortSignal | undefined): MonoTypeOperatorFunction<T> {
  return (source) =>
    signal === undefined
      ? source
      : new Observable((subscriber) => {
          const stop = (): void => subscriber.complete();
          if (signal.aborted) return stop();
          signal.addEventListener('abort', stop, { once: true });
          subscriber.add(() => signal.removeEventListener('abort', stop));
          subscriber.add(source.subscribe(subscriber));
        });
}
