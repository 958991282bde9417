/** What shall become of a uid in a calendar. */
export interface PendingEvent {
  /** Its event; undefined when it is to be taken out. */
  readonly bytes: Buffer | undefined;
  readonly period: string;
  /** True when it goes to the end of its file, even where it is there already: it was taken out, or moved, in between. */
  readonly moves: boolean;
  /** Met in a file. */
  found: boolean;
  /** Stands in its file, so that it need not be added at the end. */
  placed: boolean;
  /** Stands there byte for byte. */
  same: boolean;
}

/** Memory that an entry takes besides its bytes, about. */
const entryBytes = 300;

/**
 * Events on their way into a calendar, by uid, the last word for each. In the order in which events have to be added, so that
 * one rewriting gives what several would have given.
 */
export class PendingEvents {
  readonly #events = new Map<string, PendingEvent>();
  #bytes = 0;

  /** Memory taken, about. */
  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#events.size;
  }

  /** Gives a uid its event. True when that is the first word for this uid. */
  put(uid: string, bytes: Buffer, period: string): boolean {
    const before = this.#events.get(uid);
    const leaves = before !== undefined && (before.bytes === undefined || before.period !== period);
    if (leaves) this.#events.delete(uid);
    this.#set(uid, bytes, period, leaves || before?.moves === true, before);
    return before === undefined;
  }

  /** Takes a uid out. True when that is the first word for this uid. */
  remove(uid: string): boolean {
    const before = this.#events.get(uid);
    this.#events.delete(uid);
    this.#set(uid, undefined, '', false, before);
    return before === undefined;
  }

  get(uid: string): PendingEvent | undefined {
    return this.#events.get(uid);
  }

  /** All of them, with their uids, in their order. */
  entries(): IterableIterator<[string, PendingEvent]> {
    return this.#events.entries();
  }

  /** Forgets what an earlier look at the files has found. */
  reset(): void {
    for (const event of this.#events.values()) {
      event.found = false;
      event.placed = false;
      event.same = false;
    }
  }

  #set(uid: string, bytes: Buffer | undefined, period: string, moves: boolean, before: PendingEvent | undefined): void {
    this.#events.set(uid, { bytes, period, moves, found: false, placed: false, same: false });
    this.#bytes +=
      (bytes?.length ?? 0) - (before === undefined ? -entryBytes - uid.length : (before.bytes?.length ?? 0));
  }
}
