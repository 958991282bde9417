/** Items that wait, in the order they came, cut into batches. */
export class Batches<T> {
  readonly #max: number;
  readonly #batches: T[][] = [];
  #size = 0;

  /** @param max most items in a batch */
  constructor(max: number) {
    this.#max = max;
  }

  get size(): number {
    return this.#size;
  }

  add(item: T): void {
    this.#size += 1;
    const last = this.#batches.at(-1);
    if (last !== undefined && last.length < this.#max) last.push(item);
    else this.#batches.push([item]);
  }

  /** Takes the oldest items, as many as make a batch. */
  take(): readonly T[] {
    const batch = this.#batches.shift() ?? [];
    this.#size -= batch.length;
    return batch;
  }
}
