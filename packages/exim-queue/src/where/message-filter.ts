import type { QueueField } from '../options.ts';
import type { QueueEntry } from '../queue-entry.ts';
import type { Condition, EnvelopeHead } from './condition.ts';
import type { Verdict } from './verdict.ts';

/** A `QueueFilter` made ready, which is asked again with each part of a message that is read. */
export class MessageFilter {
  /** What it needs of a message besides the envelope. */
  readonly fields: ReadonlySet<QueueField>;
  /** Headers that it needs, by their names in lower case. */
  readonly headers: ReadonlySet<string>;
  /** Whether the id may rule a message out. */
  readonly asksId: boolean;
  readonly #condition: Condition;

  constructor(condition: Condition) {
    this.#condition = condition;
    this.fields = new Set(condition.fields);
    this.asksId = condition.byId !== undefined;
    this.headers = new Set(condition.headers);
  }

  /** Whether a message of this id may match; one that may not need not be opened. */
  mayMatchId(id: string, nowMs: number): boolean {
    return this.#condition.byId?.(id, nowMs) !== false;
  }

  /** Whether the message matches, as far as the first part of its -H tells. */
  byHead(head: EnvelopeHead, nowMs: number): Verdict {
    return this.#condition.byHead(head, nowMs);
  }

  /** Whether the message matches, as far as is read of it. */
  soFar(entry: QueueEntry, nowMs: number): Verdict {
    return this.#condition.byEntry(entry, nowMs, false);
  }

  /** Whether the message matches. What is not known of it, as of a damaged one, never makes it match. */
  matches(entry: QueueEntry, nowMs: number): boolean {
    return this.#condition.byEntry(entry, nowMs, true) === true;
  }
}
