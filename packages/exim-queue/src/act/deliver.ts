import type { OperatorFunction } from 'rxjs';
import type { ActionOptions } from '../options.ts';
import type { ActionOutcome } from '../queue-action.ts';
import { act } from './act.ts';
import type { ActingQueue } from './acting-queue.ts';
import type { ActionTarget } from './action-target.ts';

/**
 * Tries to deliver messages now, frozen or not (`exim -M`), one Exim each. `done`: a recipient got it, or the message has
 * left the queue, delivered or bounced; `unchanged`: neither, and `detail` has Exim's reason. See {@link act}.
 */
export const deliver = (
  queue: ActingQueue,
  options: ActionOptions = {},
): OperatorFunction<ActionTarget, ActionOutcome> => act(queue, { kind: 'deliver' }, options);
