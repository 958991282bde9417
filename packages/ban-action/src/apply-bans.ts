import type { BanEvent } from '@sluice/pipeline';
import { Observable, type OperatorFunction } from 'rxjs';
import type { BanBackend, BanOutcome } from './ban-backend.ts';
import { BanSink } from './ban-sink.ts';
import { type ApplyOptions, resolveApplyOptions } from './options.ts';

/**
 * Brings decisions into effect: for each, what became of it.
 *
 * 1. Starts the backend when subscribed. A start that fails errors the stream; events that came meanwhile are lost with it.
 *    With `standing`, the backend is then reconciled with these bans, in one go, and there is an outcome for each.
 * 2. One commit is under way at a time. Events that arrive meanwhile wait and make up the next commit, up to `maxBatch`.
 * 3. Emits one outcome for each event, in the order of the events. An event that fails is an outcome with an error and
 *    never ends the stream.
 * 4. An event that finds `maxQueued` waiting is dropped. Its outcome comes at once, with `ERR_BAN_ACTION_OVERFLOW`, and
 *    `rejects` is told.
 * 5. When the source completes or errors, what waits is still applied; then the backend is stopped and the stream ends
 *    as the source did.
 * 6. When `signal` aborts, the source is let go and the command under way is ended. What waits gets an outcome with
 *    `ERR_BAN_ACTION_ABORTED`; then the backend is stopped and the stream completes. To let what waits be applied,
 *    complete the source instead.
 * 7. Unsubscribing does as 6, and nobody is told any more; only a stop that fails goes to `rejects`.
 *
 * @throws BanActionError `ERR_BAN_ACTION_OPTION`
 */
export function applyBans(backend: BanBackend, options: ApplyOptions = {}): OperatorFunction<BanEvent, BanOutcome> {
  const resolved = resolveApplyOptions(options);
  return (source) =>
    new Observable((subscriber) => {
      const sink = new BanSink(backend, resolved, subscriber);
      const abort = (): void => sink.abort();
      const { signal } = resolved;
      signal?.addEventListener('abort', abort, { once: true });
      subscriber.add(() => signal?.removeEventListener('abort', abort));
      subscriber.add(() => sink.abort());
      if (signal?.aborted) return subscriber.complete();
      sink.start();
      sink.reading.add(
        source.subscribe({
          next: (event) => sink.take(event),
          error: (error: unknown) => sink.end({ error }),
          complete: () => sink.end({}),
        }),
      );
    });
}
