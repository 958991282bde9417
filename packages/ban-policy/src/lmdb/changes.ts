import type { StoreKey } from './keys.ts';

/** What a record is to become; `undefined` removes it. */
export interface Change<V> {
  readonly key: StoreKey;
  readonly value: V | undefined;
}

/** Changes of a table that are not on the disk yet, by key. A later change of a key replaces the earlier one. */
export class Changes<V> implements Iterable<Change<V>> {
  readonly #byFirst = new Map<string, Map<string, Change<V>>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(key: StoreKey): Change<V> | undefined {
    return this.#byFirst.get(key[0])?.get(restOf(key));
  }

  set(change: Change<V>): void {
    const { key } = change;
    const rest = this.#byFirst.get(key[0]) ?? new Map<string, Change<V>>();
    if (rest.size === 0) this.#byFirst.set(key[0], rest);
    const before = rest.size;
    rest.set(restOf(key), change);
    this.#size += rest.size - before;
  }

  /** Those whose keys begin so. */
  under(first: string): Iterable<Change<V>> {
    return this.#byFirst.get(first)?.values() ?? [];
  }

  *[Symbol.iterator](): IterableIterator<Change<V>> {
    for (const rest of this.#byFirst.values()) yield* rest.values();
  }
}

/** Parts hold no NUL. */
const restOf = (key: StoreKey): string => (key.length === 2 ? String(key[1]) : key.slice(1).join('\0'));
