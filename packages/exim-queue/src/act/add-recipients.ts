import type { OperatorFunction } from 'rxjs';
import type { ActionOptions } from '../options.ts';
import type { ActionOutcome } from '../queue-action.ts';
import { act } from './act.ts';
import type { ActingQueue } from './acting-queue.ts';
import type { ActionTarget } from './action-target.ts';

/** Adds recipients to messages (`exim -Mar`). See {@link act}. */
export const addRecipients = (
  queue: ActingQueue,
  recipients: readonly string[],
  options: ActionOptions = {},
): OperatorFunction<ActionTarget, ActionOutcome> => act(queue, { kind: 'addRecipients', recipients }, options);
