import type { OperatorFunction } from 'rxjs';
import type { ActionOptions } from '../options.ts';
import type { ActionOutcome } from '../queue-action.ts';
import { act } from './act.ts';
import type { ActingQueue } from './acting-queue.ts';
import type { ActionTarget } from './action-target.ts';

/**
 * Moves messages to a named queue (`exim -MG`), which Exim makes if there is none; `''` is the main one. See {@link act}.
 */
export const move = (
  queue: ActingQueue,
  toQueue: string,
  options: ActionOptions = {},
): OperatorFunction<ActionTarget, ActionOutcome> => act(queue, { kind: 'move', queue: toQueue }, options);
