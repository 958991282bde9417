import type { OperatorFunction } from 'rxjs';
import type { ActionOptions } from '../options.ts';
import type { ActionOutcome } from '../queue-action.ts';
import { act } from './act.ts';
import type { ActingQueue } from './acting-queue.ts';
import type { ActionTarget } from './action-target.ts';

/** Removes messages (`exim -Mrm`); no bounce is sent. See {@link act}. */
export const remove = (
  queue: ActingQueue,
  options: ActionOptions = {},
): OperatorFunction<ActionTarget, ActionOutcome> => act(queue, { kind: 'remove' }, options);
