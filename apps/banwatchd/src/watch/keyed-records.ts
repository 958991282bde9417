/** A small durable namespace of JSON values: the part of a ban store that positions are kept in. */
export interface KeyedRecords {
  put(key: string, value: unknown): void;
  drop(key: string): void;
  entries(): Iterable<readonly [string, unknown]>;
  /** Resolves when all that was put or dropped until now is on the disk, with the counters of the same moment. */
  durable(): Promise<void>;
  /** The same before it returns, for the end. */
  flushSync(): void;
}
