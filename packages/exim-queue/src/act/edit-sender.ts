import type { OperatorFunction } from 'rxjs';
import type { ActionOptions } from '../options.ts';
import type { ActionOutcome } from '../queue-action.ts';
import { act } from './act.ts';
import type { ActingQueue } from './acting-queue.ts';
import type { ActionTarget } from './action-target.ts';

/** Gives messages another envelope sender (`exim -Mes`); `''` makes them bounces. See {@link act}. */
export const editSender = (
  queue: ActingQueue,
  sender: string,
  options: ActionOptions = {},
): OperatorFunction<ActionTarget, ActionOutcome> => act(queue, { kind: 'editSender', sender }, options);
