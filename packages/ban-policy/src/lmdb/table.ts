import { type Change, Changes } from './changes.ts';
import type { Codec } from './codec.ts';
import type { StoreKey } from './keys.ts';

interface DatabaseRange {
  readonly start?: readonly (string | number)[] | undefined;
  readonly end?: readonly string[];
  readonly exclusiveStart?: boolean;
  readonly limit?: number;
}

/**
 * What is used of LMDB's database of a table: keys are made by `keyText`, values are JSON. Written out here, because lmdb's own
 * types do not compile in a project that checks the types of libraries.
 */
export interface TextDatabase {
  get(key: StoreKey): string | undefined;
  doesExist(key: StoreKey): boolean;
  put(key: StoreKey, value: string): unknown;
  remove(key: StoreKey): unknown;
  getRange(range: DatabaseRange): Iterable<{ readonly key: StoreKey; readonly value: string }>;
  getStats(): object;
}

/** Above all parts of keys that begin with the same. */
const last = '\uffff';

/**
 * Records of one kind, as they will be when all is written: what is queued lies over what a transaction under way writes,
 * and that over what is on the disk.
 */
export class Table<V extends object> {
  readonly name: string;
  readonly #database: TextDatabase;
  readonly #codec: Codec<V>;
  readonly #onDamaged: (table: string, key: StoreKey) => void;
  #queued = new Changes<V>();
  #sent = new Changes<V>();

  /** @param onDamaged told of a record that cannot be read; it is passed over and stays */
  constructor(
    name: string,
    database: TextDatabase,
    codec: Codec<V>,
    onDamaged: (table: string, key: StoreKey) => void,
  ) {
    this.name = name;
    this.#database = database;
    this.#codec = codec;
    this.#onDamaged = onDamaged;
  }

  /** Changes that are not on the disk. */
  get unsaved(): number {
    return this.#queued.size + this.#sent.size;
  }

  /** Bytes that the table takes in the file. */
  get bytes(): number {
    const stats = this.#database.getStats() as Readonly<Record<string, number>>;
    const { pageSize = 0, treeBranchPageCount = 0, treeLeafPageCount = 0, overflowPages = 0 } = stats;
    return pageSize * (treeBranchPageCount + treeLeafPageCount + overflowPages);
  }

  get(key: StoreKey): V | undefined {
    const change = this.#queued.get(key) ?? this.#sent.get(key);
    if (change !== undefined) return change.value;
    const text = this.#database.get(key);
    return text === undefined ? undefined : this.#decode(key, text);
  }

  put(key: StoreKey, value: V): void {
    this.#queued.set({ key, value });
  }

  remove(key: StoreKey): void {
    this.#queued.set({ key, value: undefined });
  }

  /** Records whose keys begin so: those on the disk in the order of their keys, then those that are not there yet. */
  *under(first: string): Generator<V> {
    for (const { key, value } of this.#onDisk(first)) {
      const now = this.#changeOf(key);
      const record = now === undefined ? this.#decode(key, value) : now.value;
      if (record !== undefined) yield record;
    }
    for (const changes of [this.#sent, this.#queued])
      for (const { key, value } of changes.under(first))
        if (value !== undefined && this.#changeOf(key)?.value === value && !this.#database.doesExist(key)) yield value;
  }

  /** Up to `limit` records on the disk behind a key, whatever they belong to, each as it will be. */
  after(key: StoreKey | undefined, limit: number): { readonly key: StoreKey; readonly value: V | undefined }[] {
    const start = { start: key, exclusiveStart: key !== undefined };
    return [...this.#database.getRange({ ...start, limit })].map((entry) => {
      const at = entry.key;
      const now = this.#changeOf(at);
      return { key: at, value: now === undefined ? this.#decode(at, entry.value) : now.value };
    });
  }

  /** Makes what is queued the part of the next transaction; {@link write} writes it, {@link settle} ends it. */
  send(): void {
    if (this.#sent.size === 0) [this.#sent, this.#queued] = [this.#queued, this.#sent];
    else {
      for (const change of this.#queued) this.#sent.set(change);
      this.#queued = new Changes();
    }
  }

  write(): void {
    for (const { key, value } of this.#sent)
      if (value === undefined) void this.#database.remove(key);
      else void this.#database.put(key, this.#codec.encode(value));
  }

  /** @param isDurable false: what was sent is queued again, under what has changed since */
  settle(isDurable: boolean): void {
    const sent = this.#sent;
    this.#sent = new Changes();
    if (isDurable) return;
    for (const change of this.#queued) sent.set(change);
    this.#queued = sent;
  }

  #changeOf(key: StoreKey): Change<V> | undefined {
    return this.#queued.get(key) ?? this.#sent.get(key);
  }

  *#onDisk(first: string): Generator<{ key: StoreKey; value: string }> {
    for (const { key, value } of this.#database.getRange({ start: [first], end: [first, last] }))
      yield { key: key, value };
  }

  #decode(key: StoreKey, text: string): V | undefined {
    const value = this.#codec.decode(text);
    if (value === undefined) this.#onDamaged(this.name, key);
    return value;
  }
}
