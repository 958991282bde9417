/** A place in an {@link ExpiryQueue}. */
export interface Expiring<T> {
  readonly item: T;
  /** When it ends; `Infinity` never. */
  readonly endMs: number;
}

interface Slot<T> extends Expiring<T> {
  item: T;
  endMs: number;
  order: number;
  index: number;
}

/**
 * Items by the time they end, earliest first; equal times in the order they were added or moved.
 *
 * A binary heap whose places know where they are: adding, moving and removing are O(log n), looking at the first is O(1).
 */
export class ExpiryQueue<T> {
  readonly #heap: Slot<T>[] = [];
  #changes = 0;

  get size(): number {
    return this.#heap.length;
  }

  /** What ends first. */
  get first(): Expiring<T> | undefined {
    return this.#heap[0];
  }

  /** Adds an item; its place is what the other methods take. */
  add(item: T, endMs: number): Expiring<T> {
    const slot = { item, endMs, order: this.#changes++, index: this.#heap.length };
    this.#heap.push(slot);
    this.#rise(slot);
    return slot;
  }

  /** Gives a place of this queue another end, and another item if one is given. */
  move(place: Expiring<T>, endMs: number, item: T = place.item): void {
    const slot = place as Slot<T>;
    slot.item = item;
    slot.endMs = endMs;
    slot.order = this.#changes++;
    this.#settle(slot);
  }

  /** Removes a place of this queue. */
  delete(place: Expiring<T>): void {
    const slot = place as Slot<T>;
    const last = this.#heap.pop() as Slot<T>;
    if (last === slot) return;
    this.#put(last, slot.index);
    this.#settle(last);
  }

  #settle(slot: Slot<T>): void {
    this.#rise(slot);
    this.#sink(slot);
  }

  #rise(slot: Slot<T>): void {
    let { index } = slot;
    while (index > 0) {
      const parent = this.#heap[(index - 1) >> 1] as Slot<T>;
      if (!isBefore(slot, parent)) break;
      const above = parent.index;
      this.#put(parent, index);
      index = above;
    }
    this.#put(slot, index);
  }

  #sink(slot: Slot<T>): void {
    let { index } = slot;
    for (;;) {
      const left = this.#heap[2 * index + 1];
      const right = this.#heap[2 * index + 2];
      const child = right !== undefined && isBefore(right, left as Slot<T>) ? right : left;
      if (child === undefined || !isBefore(child, slot)) break;
      const below = child.index;
      this.#put(child, index);
      index = below;
    }
    this.#put(slot, index);
  }

  #put(slot: Slot<T>, index: number): void {
    slot.index = index;
    this.#heap[index] = slot;
  }
}

const isBefore = <T>(a: Slot<T>, b: Slot<T>): boolean => (a.endMs === b.endMs ? a.order < b.order : a.endMs < b.endMs);
