import type { BanPolicyError } from '../ban-policy-error.ts';
import type { StoreKey } from './keys.ts';
import { banStoreMetrics as metric } from './metrics.ts';
import type { ResolvedStoreOptions } from './options.ts';
import { storeFault } from './store-fault.ts';

/** Tells the outside what a store could not do, and how often it did what. */
export class StoreReports {
  readonly #path: string;
  readonly #options: Pick<ResolvedStoreOptions, 'rejects' | 'metrics' | 'maxHistoryBytes'>;
  readonly #damagedTables = new Set<string>();
  #isFailing = false;

  constructor(path: string, options: Pick<ResolvedStoreOptions, 'rejects' | 'metrics' | 'maxHistoryBytes'>) {
    this.#path = path;
    this.#options = options;
  }

  count(name: string, by: number): void {
    if (by > 0) this.#options.metrics?.add(name, by);
  }

  flushed(records: number): void {
    this.#isFailing = false;
    this.count(metric.flushed, 1);
    this.count(metric.written, records);
  }

  /** Said once until a flush succeeds. @returns the error for those who wait */
  failed(cause: unknown, unsaved: number): BanPolicyError {
    const error = storeFault('the state cannot be written', this.#path, cause);
    this.count(metric.failed, 1);
    if (!this.#isFailing) this.#reject(error.code, `${error.message}; ${unsaved} changes wait in memory`, unsaved);
    this.#isFailing = true;
    return error;
  }

  /** Said once a table, because a look-up may meet the same record often. */
  damaged(table: string, key: StoreKey): void {
    this.count(metric.damaged, 1);
    if (this.#damagedTables.has(table)) return;
    this.#damagedTables.add(table);
    const reason = `${this.#path}: a record of "${table}" cannot be read and is passed over: ${JSON.stringify(key)}`;
    this.#reject('ERR_BAN_POLICY_STORE_DAMAGED', reason, key);
  }

  movedAside(reason: string, to: string): void {
    const what = `${this.#path}: the state cannot be read (${reason}) and begins anew; the old file is kept as ${to}`;
    this.#reject('ERR_BAN_POLICY_STORE_DAMAGED', what, to);
  }

  unremembered(bans: number): void {
    this.count(metric.unremembered, bans);
  }

  #reject(code: string, reason: string, value: unknown): void {
    this.#options.rejects?.next({ component: 'ban-policy', code, reason, value });
  }
}
