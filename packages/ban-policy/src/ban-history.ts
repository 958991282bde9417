import { BoundedMap } from './bounded-map.ts';

/** How often each id was banned, for the ids banned last. Bounded: the one banned longest ago is forgotten. */
export class BanHistory {
  readonly #counts: BoundedMap<number>;

  constructor(max: number) {
    this.#counts = new BoundedMap(max);
  }

  /** Records one more ban of `id`; gives its number, from 1. */
  next(id: string): number {
    const count = (this.#counts.get(id) ?? 0) + 1;
    this.#counts.set(id, count);
    return count;
  }

  /** Records that the latest ban of `id` was its `count`-th. */
  set(id: string, count: number): void {
    this.#counts.set(id, count);
  }
}
