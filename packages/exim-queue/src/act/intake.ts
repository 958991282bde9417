import { isMessageId } from '../id/is-message-id.ts';
import type { ActionOutcome, QueueAction } from '../queue-action.ts';
import type { ActionTarget } from './action-target.ts';
import { isQueueName } from './is-queue-name.ts';
import { queueText } from './settle.ts';
import type { Target } from './target.ts';

/** Messages of one queue that wait for an Exim, oldest first. */
interface Group {
  readonly queue: string;
  targets: Target[];
  /** When the oldest of them came. */
  sinceMs: number;
}

export interface IntakeOptions {
  readonly action: QueueAction;
  /** The queue of a message that is given as an id only; `'*'` when it has to be looked for. */
  readonly queue: string;
  /** How long a message waits for others, in ms. */
  readonly waitMs: number;
}

/**
 * Sorts what comes in by queue, and forms batches of it.
 *
 * An id that comes again while it is on its way is not acted on twice: both come to what the first comes to. Once its
 * outcome is there, the same id is a new message.
 */
export class Intake {
  readonly #options: IntakeOptions;
  readonly #groups = new Map<string, Group>();
  readonly #onTheirWay = new Map<string, Target>();
  #pending = 0;
  #open = 0;

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  /** Messages that wait for an Exim. */
  get pending(): number {
    return this.#pending;
  }

  /** Outcomes that are owed. */
  get open(): number {
    return this.#open;
  }

  /** Takes a message in; what cannot be acted on has its outcome at once. */
  add(message: ActionTarget, nowMs: number): ActionOutcome | undefined {
    const { action } = this.#options;
    const id = String(typeof message === 'object' && message !== null ? message.id : message);
    const queue = typeof message === 'object' && message !== null ? message.queue : this.#options.queue;
    const early = (result: ActionOutcome['result'], detail: string): ActionOutcome => ({
      id,
      queue: String(queue),
      action: action.kind,
      result,
      detail,
    });
    if (!isMessageId(id)) return early('failed', 'is no message id; nothing was run for it');
    if (queue !== '' && queue !== '*' && !isQueueName(queue))
      return early('failed', 'its queue has a name that Exim cannot be given; nothing was run for it');
    if (action.kind === 'move' && action.queue === queue)
      return early('unchanged', `is in ${queueText(queue)} already`);
    this.#open += 1;
    const key = keyOf(id, queue);
    const known = this.#onTheirWay.get(key);
    if (known !== undefined) {
      known.times += 1;
      return undefined;
    }
    const target: Target = { id, queue, key, tries: 0, times: 1 };
    this.#onTheirWay.set(key, target);
    this.put(target, nowMs);
    return undefined;
  }

  /** Puts a message (again) among those that wait. */
  put(target: Target, nowMs: number): void {
    this.#pending += 1;
    const group = this.#groups.get(target.queue);
    if (group !== undefined) {
      group.targets.push(target);
      group.sinceMs = Math.min(group.sinceMs, nowMs);
    } else {
      this.#groups.set(target.queue, { queue: target.queue, targets: [target], sinceMs: nowMs });
    }
  }

  /** Takes out the next batch: a full one, one that has waited long enough, or with `isFlush` any. */
  take(size: number, nowMs: number, isFlush: boolean): { queue: string; targets: readonly Target[] } | undefined {
    for (const group of this.#groups.values()) {
      if (!isFlush && group.targets.length < size && group.sinceMs + this.#options.waitMs > nowMs) continue;
      const targets = group.targets.splice(0, size);
      // Turns to the other queues first, so that a busy one does not keep them waiting.
      this.#groups.delete(group.queue);
      if (group.targets.length > 0) this.#groups.set(group.queue, group);
      this.#pending -= targets.length;
      return { queue: group.queue, targets };
    }
    return undefined;
  }

  /** When the first of the waiting batches has waited long enough. */
  dueMs(): number {
    let dueMs = Number.POSITIVE_INFINITY;
    for (const { sinceMs } of this.#groups.values()) dueMs = Math.min(dueMs, sinceMs + this.#options.waitMs);
    return dueMs;
  }

  /** A message is through: so many outcomes it has. */
  finish(target: Target): number {
    this.#onTheirWay.delete(target.key);
    this.#open -= target.times;
    return target.times;
  }
}

const keyOf = (id: string, queue: string): string => `${queue}/${id}`;
