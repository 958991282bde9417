/** A message that is to be looked at. */
export interface DirtyMessage {
  readonly id: string;
  /** Only the comparison of the folders noticed it. */
  isMissed: boolean;
  /** Addresses that its journal had, in lower case. */
  journal: Set<string> | undefined;
  /** When to stop waiting for the log, by the timers' clock; undefined: it does not wait. */
  deadlineMs: number | undefined;
}

/** More of them say nothing more than that everything has to be compared. */
const maxDirty = 200_000;

/** Messages that are to be looked at, in the order in which they were noticed. */
export class DirtyMessages {
  readonly #ready = new Map<string, DirtyMessage>();
  /** Those that wait for the log. */
  readonly #waiting = new Map<string, DirtyMessage>();
  #missed = 0;

  get hasReady(): boolean {
    return this.#ready.size > 0;
  }

  get isEmpty(): boolean {
    return this.#ready.size === 0 && this.#waiting.size === 0;
  }

  get isFull(): boolean {
    return this.#ready.size + this.#waiting.size >= maxDirty;
  }

  /** Whether a message that only the comparison noticed is still to be looked at. */
  get hasMissed(): boolean {
    return this.#missed > 0;
  }

  has(id: string): boolean {
    return this.#ready.has(id) || this.#waiting.has(id);
  }

  isWaiting(id: string): boolean {
    return this.#waiting.has(id);
  }

  /** A message that something happened to; of one that waits, it is looked at again. */
  add(id: string, isMissed: boolean): DirtyMessage {
    const waiting = this.#waiting.get(id);
    if (waiting !== undefined) {
      this.#waiting.delete(id);
      this.#ready.set(id, waiting);
      return waiting;
    }
    let dirty = this.#ready.get(id);
    if (dirty === undefined) {
      dirty = { id, isMissed, journal: undefined, deadlineMs: undefined };
      if (isMissed) this.#missed += 1;
      this.#ready.set(id, dirty);
    }
    return dirty;
  }

  /** The next one that is to be looked at: taken out. */
  take(): DirtyMessage | undefined {
    for (const dirty of this.#ready.values()) {
      this.#ready.delete(dirty.id);
      return dirty;
    }
    return undefined;
  }

  /** A message that was taken is settled. */
  settled(dirty: DirtyMessage): void {
    if (dirty.isMissed) this.#missed -= 1;
  }

  /** A message that was taken waits for the log. */
  wait(dirty: DirtyMessage): void {
    this.#waiting.set(dirty.id, dirty);
  }

  /** When the first of those that wait stops to; they all wait equally long. */
  get nextDeadlineMs(): number | undefined {
    for (const { deadlineMs } of this.#waiting.values()) return deadlineMs;
    return undefined;
  }

  /** Has those looked at whose time is over. */
  expire(nowMs: number): void {
    for (const dirty of this.#waiting.values()) {
      if (dirty.deadlineMs !== undefined && dirty.deadlineMs > nowMs) return;
      this.#waiting.delete(dirty.id);
      this.#ready.set(dirty.id, dirty);
    }
  }
}
