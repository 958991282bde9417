import { LogMatcherError } from '../log-matcher-error.ts';
import type { ScanFileResult } from './options.ts';
import type { PoolWorker } from './pool-worker.ts';
import type { Part, ScanTask, WorkerMessage } from './protocol.ts';
import { ScanControl } from './scan-control.ts';
import { StripeOrder } from './stripe-order.ts';
import { noResult, sumOf } from './stripe-scan.ts';

/** What each worker is told alike. */
export type CommonTask = Omit<ScanTask, 'shared' | 'slot'>;

/**
 * Has workers, none of which has a task, scan a file together.
 *
 * @param deliver called in the order of the file; what it throws ends the scan
 * @param signals each ends it
 * @returns when every worker has come to rest or is dead, also when it fails: then nobody reads the file any more
 */
export function runWorkers(
  workers: readonly PoolWorker[],
  task: CommonTask,
  deliver: (part: Part) => void,
  signals: readonly AbortSignal[],
): Promise<ScanFileResult> {
  return new Promise((resolve, reject) => {
    const control = new ScanControl(workers.length);
    let failure: { readonly error: unknown } | undefined;
    let result = noResult;
    let working = workers.length;

    const fail = (error: unknown): void => {
      failure ??= { error };
      control.stop();
    };
    const order = new StripeOrder((part, slot) => {
      if (failure === undefined) deliver(part);
      control.delivered(slot);
    });
    const onAbort = (event: Event): void => fail((event.target as AbortSignal).reason);
    const rest = (): void => {
      working -= 1;
      if (working > 0) return;
      for (const signal of signals) signal.removeEventListener('abort', onAbort);
      if (failure === undefined) resolve(result);
      else reject(failure.error);
    };
    const onMessage = (message: WorkerMessage, slot: number): void => {
      if (message.type === 'part') {
        try {
          if (failure === undefined) order.add(message, slot);
        } catch (error) {
          fail(error);
        }
        return;
      }
      if (message.type === 'done') result = sumOf(result, message.result);
      else fail(new LogMatcherError(message.code, message.message));
      rest();
    };

    for (const signal of signals) signal.addEventListener('abort', onAbort);
    for (const [slot, worker] of workers.entries()) {
      worker.start(
        { ...task, shared: control.shared, slot },
        {
          message: (message) => onMessage(message, slot),
          died: (error) => {
            fail(error);
            rest();
          },
        },
      );
    }
  });
}
