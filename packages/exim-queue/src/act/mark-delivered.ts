import type { OperatorFunction } from 'rxjs';
import type { ActionOptions } from '../options.ts';
import type { ActionOutcome } from '../queue-action.ts';
import { act } from './act.ts';
import type { ActingQueue } from './acting-queue.ts';
import type { ActionTarget } from './action-target.ts';

/** Lets recipients count as delivered: those given (`exim -Mmd`; each must be one of the message), or all (`-Mmad`). See {@link act}. */
export const markDelivered = (
  queue: ActingQueue,
  recipients: readonly string[] | 'all',
  options: ActionOptions = {},
): OperatorFunction<ActionTarget, ActionOutcome> => act(queue, { kind: 'markDelivered', recipients }, options);
