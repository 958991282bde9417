/** What shall become of a uid in a calendar. */
export interface PendingEvent {
  /** Its event; undefined when it is to be taken out. */
  readonly bytes: Buffer | undefined;
  /** An event that is there with a higher one is later news, and stays. */
  readonly sequence: number;
  readonly period: string;
  /** It was taken out in between: it goes to the end of its file, whatever is there. */
  readonly wasRemoved: boolean;
  /** Sequence that it had in another period in between: if that was news, it goes to the end of its file as well. */
  readonly strayedAt: number | undefined;
  /** Met in a file. */
  found: boolean;
  /** Stands in its file, so that it need not be added at the end. */
  placed: boolean;
  /** Stands there byte for byte, or later news does. */
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

  /** Gives a uid its event, unless a later one is known. True when that is the first word for this uid. */
  put(uid: string, bytes: Buffer, sequence: number, period: string): boolean {
    const before = this.#events.get(uid);
    if (before?.bytes === undefined) {
      if (before !== undefined) this.#bytes -= uid.length + entryBytes;
      this.#events.delete(uid);
      this.#set(uid, { bytes, sequence, period, wasRemoved: before !== undefined, strayedAt: undefined });
    } else if (sequence >= before.sequence) {
      const strays = before.period !== period;
      if (strays) this.#events.delete(uid);
      this.#bytes -= before.bytes.length + uid.length + entryBytes;
      const strayedAt = strays ? before.sequence : before.strayedAt;
      this.#set(uid, { bytes, sequence, period, wasRemoved: before.wasRemoved, strayedAt });
    }
    return before === undefined;
  }

  /** Takes a uid out. True when that is the first word for this uid. */
  remove(uid: string): boolean {
    const before = this.#events.get(uid);
    if (before !== undefined) this.#bytes -= (before.bytes?.length ?? 0) + uid.length + entryBytes;
    this.#events.delete(uid);
    this.#set(uid, { bytes: undefined, sequence: 0, period: '', wasRemoved: false, strayedAt: undefined });
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

  #set(uid: string, event: Omit<PendingEvent, 'found' | 'placed' | 'same'>): void {
    this.#events.set(uid, { ...event, found: false, placed: false, same: false });
    this.#bytes += (event.bytes?.length ?? 0) + uid.length + entryBytes;
  }
}
