import type { BanHistory } from './ban-history.ts';
import type { JailChange, KeptJail } from './kept-state.ts';

/**
 * Keeps the state of policies over restarts and `kill -9`.
 *
 * Policies are asked for what has changed when a transaction is made, so that one transaction holds one moment of all
 * jails: counters, bans and the places in the logs up to which they were counted.
 */
export interface BanStore {
  /**
   * Takes part for one jail, until it is closed.
   *
   * @param collect gives what has changed since it was last called, or undefined; called when a transaction is made
   */
  openJail(jail: string, collect: () => JailChange | undefined): JailStore;
  /**
   * Makes durable what has changed until now, in one transaction; calls under way are joined. Resolves when it is on the
   * disk; rejects with BanPolicyError `ERR_BAN_POLICY_STORE`, and what was refused stays part of the next flush.
   */
  flush(): Promise<void>;
}

/** One jail's part of a store. */
export interface JailStore {
  /** What was kept when the jail was opened. */
  readonly kept: KeptJail;
  readonly history: BanHistory;
  /** Something has changed: it becomes durable within the store's interval, or with the next flush. */
  touch(): void;
  /** Flushes, and takes part no longer. The state stays. */
  close(): Promise<void>;
}
