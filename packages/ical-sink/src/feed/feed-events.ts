import { EndHeap } from './end-heap.ts';
import { byStart, type FeedEvent } from './feed-event.ts';

/** The events that a feed holds: by uid, by end (who is dropped first) and in the order of the calendar. */
export class FeedEvents {
  readonly #byUid = new Map<string, FeedEvent>();
  readonly #byEnd: EndHeap = new EndHeap();
  #ordered: readonly FeedEvent[] = [];
  #added: FeedEvent[] = [];
  #bytes = 0;

  get size(): number {
    return this.#byUid.size;
  }

  /** Bytes of all events. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The event that ended first. */
  get first(): FeedEvent | undefined {
    return this.#byEnd.first;
  }

  get(uid: string): FeedEvent | undefined {
    return this.#byUid.get(uid);
  }

  /** Adds an event in place of one with the same uid. */
  set(event: FeedEvent): void {
    this.delete(event.uid);
    this.#byUid.set(event.uid, event);
    this.#byEnd.add(event);
    this.#added.push(event);
    this.#bytes += event.bytes.length;
    // An event that changes all the time leaves all that it was in the list.
    if (this.#added.length > 2 * this.size + 1024) this.inOrder();
  }

  delete(uid: string): boolean {
    const event = this.#byUid.get(uid);
    if (event === undefined) return false;
    this.#byUid.delete(uid);
    this.#byEnd.delete(event);
    this.#bytes -= event.bytes.length;
    return true;
  }

  /** All events by begin, then uid; a list that never changes. */
  inOrder(): readonly FeedEvent[] {
    if (this.#added.length === 0 && this.#ordered.length === this.size) return this.#ordered;
    // What was in order still is: sorting finds that run and merges the new ones into it.
    this.#ordered = [...this.#ordered, ...this.#added].filter(({ place }) => place >= 0).sort(byStart);
    this.#added = [];
    return this.#ordered;
  }
}
