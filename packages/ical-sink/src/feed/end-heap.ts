import type { FeedEvent } from './feed-event.ts';

const before = (a: FeedEvent, b: FeedEvent): boolean => a.endMs < b.endMs || (a.endMs === b.endMs && a.uid < b.uid);

/** Events with the one that ended first on top. Adding and taking out is O(log n); each event knows its place. */
export class EndHeap {
  readonly #events: FeedEvent[] = [];

  /** The one that ended first. */
  get first(): FeedEvent | undefined {
    return this.#events[0];
  }

  add(event: FeedEvent): void {
    event.place = this.#events.length;
    this.#events.push(event);
    this.#rise(event);
  }

  /** Takes out an event, which then has the place -1. */
  delete(event: FeedEvent): void {
    const last = this.#events.pop() as FeedEvent;
    if (last !== event) {
      this.#put(last, event.place);
      this.#rise(last);
      this.#sink(last);
    }
    event.place = -1;
  }

  #put(event: FeedEvent, place: number): void {
    this.#events[place] = event;
    event.place = place;
  }

  #rise(event: FeedEvent): void {
    let place = event.place;
    while (place > 0) {
      const above = this.#events[(place - 1) >> 1] as FeedEvent;
      if (!before(event, above)) break;
      const { place: higher } = above;
      this.#put(above, place);
      place = higher;
    }
    this.#put(event, place);
  }

  #sink(event: FeedEvent): void {
    let place = event.place;
    for (;;) {
      const left = this.#events[2 * place + 1];
      const right = this.#events[2 * place + 2];
      const below = right !== undefined && before(right, left as FeedEvent) ? right : left;
      if (below === undefined || !before(below, event)) break;
      const { place: lower } = below;
      this.#put(below, place);
      place = lower;
    }
    this.#put(event, place);
  }
}
