interface Entry<V> {
  readonly key: string;
  value: V;
  older: Entry<V> | undefined;
  newer: Entry<V> | undefined;
}

/**
 * A map of at most `max` entries: setting a further one drops the one that was set longest ago. All operations are O(1).
 *
 * A linked list keeps the order. The insertion order of a bare `Map` would do, but finding its first key is linear in
 * what was deleted before it (24 µs at 100,000 entries).
 */
export class BoundedMap<V extends NonNullable<unknown>> {
  readonly #max: number;
  readonly #onDropped: ((key: string, value: V) => void) | undefined;
  readonly #entries = new Map<string, Entry<V>>();
  #oldest: Entry<V> | undefined;
  #newest: Entry<V> | undefined;

  constructor(max: number, onDropped?: (key: string, value: V) => void) {
    this.#max = max;
    this.#onDropped = onDropped;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): V | undefined {
    return this.#entries.get(key)?.value;
  }

  /** Makes the key the newest, as setting it would, and gives its value. */
  renew(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (entry !== undefined && entry !== this.#newest) {
      this.#unlink(entry);
      this.#append(entry);
    }
    return entry?.value;
  }

  /** Sets the value and makes the key the newest. */
  set(key: string, value: V): void {
    if (this.renew(key) !== undefined) {
      (this.#newest as Entry<V>).value = value;
      return;
    }
    const entry: Entry<V> = { key, value, older: undefined, newer: undefined };
    this.#entries.set(key, entry);
    this.#append(entry);
    if (this.#entries.size > this.#max) this.#drop(this.#oldest as Entry<V>);
  }

  delete(key: string): boolean {
    const entry = this.#entries.get(key);
    if (entry === undefined) return false;
    this.#entries.delete(key);
    this.#unlink(entry);
    return true;
  }

  /** Entries, longest set first. The entry at hand may be deleted. */
  *[Symbol.iterator](): IterableIterator<[string, V]> {
    for (let entry = this.#oldest; entry !== undefined; entry = entry.newer) yield [entry.key, entry.value];
  }

  #drop(entry: Entry<V>): void {
    this.delete(entry.key);
    this.#onDropped?.(entry.key, entry.value);
  }

  #append(entry: Entry<V>): void {
    entry.older = this.#newest;
    entry.newer = undefined;
    if (this.#newest === undefined) this.#oldest = entry;
    else this.#newest.newer = entry;
    this.#newest = entry;
  }

  /** Leaves the entry's own links as they are, so that an iteration that stands on it goes on. */
  #unlink(entry: Entry<V>): void {
    if (entry.older === undefined) this.#oldest = entry.newer;
    else entry.older.newer = entry.newer;
    if (entry.newer === undefined) this.#newest = entry.older;
    else entry.newer.older = entry.older;
  }
}
