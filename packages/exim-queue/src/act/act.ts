import { fromBatches } from '@sluice/pipeline/rx';
import { Observable, type OperatorFunction } from 'rxjs';
import type { ActionOptions } from '../options.ts';
import type { ActionOutcome, QueueAction } from '../queue-action.ts';
import type { ActingQueue } from './acting-queue.ts';
import { actionBatches } from './action-batches.ts';
import { actionSettings } from './action-settings.ts';
import type { ActionTarget } from './action-target.ts';
import { checkAction } from './check-action.ts';
import { PushBuffer } from './push-buffer.ts';

/** Messages that wait for an Exim: an Observable cannot be asked to wait. Each takes about 100 bytes. */
const maxQueued = 1_000_000;

/**
 * Does something to the messages that arrive, by Exim itself, as `actionBatches` does, which see.
 *
 * 1. Each message has exactly one outcome. They come as Exims end, in no order; the stream completes after the last.
 * 2. Nothing is run before `subscribe`. Reporting is that of the options, else the queue's.
 * 3. A source that fails errors the stream after the outcomes of what had come. So does a queue that cannot be found, or
 *    whose Exim works on another spool, before anything is done.
 * 4. Messages beyond the million that may wait are `failed`, and nothing is done to them. Sources of more: `actionBatches`.
 * 5. `signal`, and the queue's: no further Exim is started, what was not begun is `skipped`, and the stream completes.
 *    Unsubscribing does the same, without outcomes.
 *
 * ```ts
 * queue.list({ where: { frozen: true, bounce: true } })
 *   .pipe(act(queue, { kind: 'remove' }, { recheck: { frozen: true } }))
 *   .subscribe(({ id, result, detail }) => console.log(id, result, detail));
 * ```
 *
 * @throws {EximQueueError} `OPTION`, at the call
 */
export function act(
  queue: ActingQueue,
  action: QueueAction,
  options: ActionOptions = {},
): OperatorFunction<ActionTarget, ActionOutcome> {
  checkAction(action);
  const { rejects, metrics, clock } = queue.options;
  const all: ActionOptions = {
    ...(rejects !== undefined && { rejects }),
    ...(metrics !== undefined && { metrics }),
    ...(clock !== undefined && { clock }),
    ...options,
  };
  const { reports } = actionSettings(all);
  return (messages) =>
    new Observable((subscriber) => {
      const waiting = new PushBuffer<ActionTarget>();
      const outcomeOf = (message: ActionTarget, result: 'failed' | 'skipped', detail: string): ActionOutcome => {
        reports.add('acted');
        if (result === 'failed') reports.add('failedActions');
        return { ...nameOf(message), action: action.kind, result, detail };
      };
      const source = messages.subscribe({
        next: (message) => {
          if (waiting.size < maxQueued) waiting.push(typeof message === 'string' ? message : nameOf(message));
          else
            subscriber.next(
              outcomeOf(message, 'failed', `more than ${maxQueued} messages wait; nothing was done to it`),
            );
        },
        error: (error: unknown) => waiting.end({ error }),
        complete: () => waiting.end(),
      });
      subscriber.add(source);
      const signals = [options.signal, queue.options.signal].filter((signal) => signal !== undefined);
      const stop = AbortSignal.any(signals);
      async function* outcomes(ended: AbortSignal): AsyncGenerator<readonly ActionOutcome[]> {
        const place = await queue.place();
        const signal = AbortSignal.any([ended, stop]);
        yield* actionBatches(place, action, waiting, { ...all, signal });
        source.unsubscribe();
        yield waiting.drain().map((message) => outcomeOf(message, 'skipped', 'aborted before anything was done to it'));
      }
      subscriber.add(fromBatches(outcomes).subscribe(subscriber));
    });
}

const nameOf = (message: ActionTarget): { id: string; queue: string } =>
  typeof message === 'string' ? { id: message, queue: '' } : { id: message.id, queue: message.queue };
