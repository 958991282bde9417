import type { OperatorFunction } from 'rxjs';
import type { ActionOptions } from '../options.ts';
import type { ActionOutcome } from '../queue-action.ts';
import { act } from './act.ts';
import type { ActingQueue } from './acting-queue.ts';
import type { ActionTarget } from './action-target.ts';

/** Thaws messages (`exim -Mt`): deliveries are tried again, at the next queue run. See {@link act}. */
export const thaw = (queue: ActingQueue, options: ActionOptions = {}): OperatorFunction<ActionTarget, ActionOutcome> =>
  act(queue, { kind: 'thaw' }, options);
