import { keyText } from './keys.ts';
import type { NamedRecord } from './records.ts';
import type { Table } from './table.ts';

/**
 * Small durable records of an application, by key, in one namespace. They join the transactions of the store: when one is
 * on the disk, so is all that the jails had counted when it was put, or more.
 */
export interface KeyedRecords {
  /** The value under a key, JSON, durable or not; undefined when there is none. */
  get(key: string): unknown;
  entries(): Iterable<readonly [key: string, value: unknown]>;
  /** @param value what JSON can hold, and not undefined; is not to be changed afterwards */
  put(key: string, value: unknown): void;
  drop(key: string): void;
  /** Resolves when all that was put and dropped is on the disk; rejects as `flush` of the store. */
  durable(): Promise<void>;
  /** The same before it returns, for the end of a process. Throws what `durable` rejects with. */
  flushSync(): void;
}

/** What records need of their store. */
export interface RecordsStore {
  touch(): void;
  flush(): Promise<void>;
  flushSync(): void;
}

export function keyedRecords(name: string, table: Table<NamedRecord>, store: RecordsStore): KeyedRecords {
  const first = keyText(name);
  return {
    get: (key) => table.get([first, keyText(key)])?.value,
    *entries() {
      for (const { key, value } of table.under(first)) yield [key, value] as const;
    },
    put(key, value) {
      table.put([first, keyText(key)], { key, value });
      store.touch();
    },
    drop(key) {
      table.remove([first, keyText(key)]);
      store.touch();
    },
    durable: () => store.flush(),
    flushSync: () => store.flushSync(),
  };
}
