import { closable } from '@sluice/pipeline/node';
import type { ActionOptions } from '../options.ts';
import type { ActionOutcome, QueueAction } from '../queue-action.ts';
import type { QueuePlace } from '../queue-place.ts';
import { actingOf } from './acting.ts';
import { ActionRun } from './action-run.ts';
import type { ActionTarget } from './action-target.ts';

/**
 * Does something to messages, by Exim itself: nothing else ever touches a file of the spool.
 *
 * 1. Messages are gathered into batches, one queue each, and each batch is one Exim; some run at once. The first batch is
 *    of 100 messages at most, so that something happens soon. `deliver`, `bounce` and the actions that carry addresses
 *    run one Exim for each message.
 * 2. Each message that comes in has exactly one outcome, in no order. What came of it is read from what Exim prints, never
 *    from its exit code; what Exim does not tell, the spool does. After the source has failed, the outcomes of what had come
 *    until then come first.
 * 3. What is no message id is `failed`, and reaches no command line.
 * 4. An entry is acted on in its own queue, an id in the place's; with the place's queue `'*'` it is looked for.
 * 5. An id that comes again while it is on its way is acted on once, and both outcomes are the same. Later it is acted on
 *    again: a removed message is then `gone`.
 * 6. Locked messages are tried again after a while, in which the others go on.
 * 7. No more is read, and no Exim started, than there are outcomes asked for: memory does not grow with the source.
 * 8. An abort, and `return()`, start no further Exim; those that run are waited for. After an abort all outcomes come:
 *    messages that had come in and were not begun are `skipped`.
 *
 * @param messages entries, of which only `id` and `queue` are used, or ids
 * @throws {EximQueueError} at the call `OPTION`, and `NO_EXIM` unless it is a dry run; from the iterator, before anything is
 *   read or done, `EXIM` when that Exim works on another spool, and `OPTION` for the filter `recheck`
 */
export function actionBatches(
  place: QueuePlace,
  action: QueueAction,
  messages: AsyncIterable<readonly ActionTarget[]>,
  options: ActionOptions = {},
): AsyncIterable<readonly ActionOutcome[]> {
  const acting = actingOf(place, action, options);
  return closable((signal) => new ActionRun(acting, signal).outcomes(messages), options.signal);
}
