import { BanPolicyError } from '../ban-policy-error.ts';
import type { BanStore, JailStore } from '../state/ban-store.ts';
import type { JailChange, KeptJail } from '../state/kept-state.ts';
import type { Environment } from './environment.ts';
import { Flusher } from './flusher.ts';
import type { ImportCounts, ImportedBan } from './imported-ban.ts';
import { JailRecords } from './jail-records.ts';
import { type KeyedRecords, keyedRecords } from './keyed-records.ts';
import { keyText } from './keys.ts';
import { banStoreMetrics as metric } from './metrics.ts';
import { maxMatches, purgeAge, type ResolvedStoreOptions } from './options.ts';
import type { ProcessLock } from './process-lock.ts';
import { Purger } from './purger.ts';
import { RecordedHistory } from './recorded-history.ts';
import { storeFault } from './store-fault.ts';
import { StoreReports } from './store-reports.ts';
import { Tables } from './tables.ts';

interface Part {
  readonly records: JailRecords;
  readonly collect: () => JailChange | undefined;
}

/** A `BanStore` on the disk. Made by `openBanStore`. */
export class LmdbBanStore implements BanStore {
  /** The folder. */
  readonly path: string;
  readonly #environment: Environment;
  readonly #lock: ProcessLock;
  readonly #options: ResolvedStoreOptions;
  readonly #reports: StoreReports;
  readonly #tables: Tables;
  readonly #purger: Purger;
  readonly #parts = new Map<string, Part>();
  readonly #imported = new Map<string, JailRecords>();
  readonly #flusher = new Flusher(() => this.#commit());
  #maxMatches: number;
  #timer: NodeJS.Timeout | undefined;
  #failures = 0;
  #isClosed = false;

  constructor(path: string, environment: Environment, lock: ProcessLock, options: ResolvedStoreOptions) {
    this.path = path;
    this.#environment = environment;
    this.#lock = lock;
    this.#options = options;
    this.#maxMatches = options.maxMatches;
    this.#reports = new StoreReports(path, options);
    this.#tables = new Tables(environment, (table, key) => this.#reports.damaged(table, key));
    this.#purger = new Purger(this.#tables, options, {
      isOpen: (key) => this.#parts.has(key),
      onPurged: (count) => {
        this.#reports.count(metric.purged, count);
        this.touch();
      },
    });
  }

  /** How long past bans are remembered, in ms. */
  get purgeAgeMs(): number {
    return this.#purger.ageMs;
  }

  /** Most lines kept with a ban. */
  get maxMatches(): number {
    return this.#maxMatches;
  }

  /** @throws BanPolicyError `ERR_BAN_POLICY_OPTION` */
  setPurgeAge(ms: number): void {
    this.#purger.ageMs = purgeAge(ms);
  }

  /** @throws BanPolicyError `ERR_BAN_POLICY_OPTION` */
  setMaxMatches(count: number): void {
    this.#maxMatches = maxMatches(count);
  }

  openJail(jail: string, collect: () => JailChange | undefined): JailStore {
    this.#mustBeOpen();
    const key = this.#keyOfNew(jail);
    const records = new JailRecords(jail, this.#tables);
    const kept = this.#read(records);
    this.#parts.set(key, { records, collect });
    return {
      kept,
      history: new RecordedHistory(jail, this.#tables, () => this.#maxMatches),
      touch: () => this.touch(),
      close: async () => {
        if (!this.#parts.has(key)) return;
        this.#collect();
        this.#parts.delete(key);
        await this.flush();
      },
    };
  }

  /** Takes over a ban of another program as a part of the next flush; for `importBans`. */
  take(item: ImportedBan, nowMs: number): readonly (keyof ImportCounts)[] {
    this.#keyOfNew(item.jail);
    let records = this.#imported.get(item.jail);
    if (records === undefined) {
      records = new JailRecords(item.jail, this.#tables);
      records.read();
      this.#imported.set(item.jail, records);
    }
    return records.take(item, nowMs, this.#maxMatches);
  }

  /** A namespace of small records; see {@link KeyedRecords}. */
  records(name: string): KeyedRecords {
    return keyedRecords(name, this.#tables.named, this);
  }

  /** Something has changed: it is durable within the interval. */
  touch(): void {
    if (this.#isClosed || this.#timer !== undefined) return;
    const { flushIntervalMs } = this.#options;
    const waitMs = Math.min(flushIntervalMs * 2 ** Math.min(this.#failures, 16), Math.max(60_000, flushIntervalMs));
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      // What failed was reported, and is tried again by the next one.
      this.flush().catch(() => this.touch());
    }, waitMs);
    this.#timer.unref();
  }

  async flush(): Promise<void> {
    this.#mustBeOpen();
    await this.#flusher.run();
  }

  /**
   * Makes durable what has changed before it returns, also overtaking a flush under way. For the end of a process.
   *
   * @throws BanPolicyError `ERR_BAN_POLICY_STORE`; what was refused stays part of the next flush
   */
  flushSync(): void {
    this.#mustBeOpen();
    this.#collect();
    const count = this.#tables.unsaved;
    if (count === 0) return;
    this.#tables.send();
    try {
      this.#environment.commitSync(() => this.#tables.write());
    } catch (cause) {
      this.#tables.settle(false);
      throw this.#failed(cause);
    }
    this.#tables.settle(true);
    this.#succeeded(count);
  }

  /** Flushes and closes. Rejects when the flush failed; it is closed all the same. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    const flushed = this.flush();
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#purger.stop();
    try {
      await flushed;
    } finally {
      await this.#environment.close();
      this.#lock.release();
    }
  }

  #keyOfNew(jail: string): string {
    const key = keyText(jail);
    if (!this.#parts.has(key)) return key;
    throw new BanPolicyError('ERR_BAN_POLICY_STORE', `the jail "${jail}" takes part in the state already`, {
      file: this.path,
      cure: 'give each jail that shares a store a name of its own',
    });
  }

  #read(records: JailRecords): KeptJail {
    try {
      return records.read();
    } catch (cause) {
      throw storeFault('the state cannot be read', this.path, cause);
    }
  }

  #collect(): void {
    const rules = {
      nowMs: this.#options.clock.nowMs(),
      maxMatches: this.#maxMatches,
      remembers: !this.#purger.isFull,
    };
    for (const { records, collect } of this.#parts.values()) {
      const change = collect();
      if (change !== undefined) this.#reports.unremembered(records.apply(change, rules));
    }
  }

  async #commit(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#collect();
    const count = this.#tables.unsaved;
    if (count === 0) return;
    this.#tables.send();
    try {
      await this.#environment.commit(() => this.#tables.write());
    } catch (cause) {
      this.#tables.settle(false);
      throw this.#failed(cause);
    }
    this.#tables.settle(true);
    this.#succeeded(count);
  }

  #succeeded(count: number): void {
    this.#failures = 0;
    this.#reports.flushed(count);
  }

  #failed(cause: unknown): BanPolicyError {
    this.#failures += 1;
    return this.#reports.failed(cause, this.#tables.unsaved);
  }

  #mustBeOpen(): void {
    if (!this.#isClosed) return;
    throw new BanPolicyError('ERR_BAN_POLICY_STORE', 'the state is closed', { file: this.path });
  }
}
