import type { Observable } from 'rxjs';
import type { Capable } from '../netfilter/netfilter.ts';
import type { Block, BlockOp, BlockOutcome } from './block-op.ts';
import type { BlockedNetwork } from './blocked-network.ts';
import type { Health } from './health.ts';
import type { ReconcileReport } from './reconcile-report.ts';

/** Packets and bytes. */
export interface Counted {
  readonly packets: bigint;
  readonly bytes: bigint;
}

/**
 * Networks that the kernel blocks: a table of nf_tables that belongs to this object alone.
 *
 * 1. A network stands in a hash set with a timeout of its own: its block ends on time even when this process is dead, a
 *    change costs the same whatever is blocked already, and networks may overlap.
 * 2. One commit is under way at a time; what is asked for meanwhile makes up the next one. Nothing blocks the event loop.
 * 3. A refused element fails alone, with the reason; all others are in effect. To unblock what is not blocked succeeds,
 *    to block again gives the new timeout.
 * 4. What is blocked is remembered. When somebody removes or changes the table (`nft flush ruleset`), it is put back
 *    within `watchIntervalMs` and the time that this takes.
 * 5. A block that somebody removes or changes by hand (`nft delete element`) comes back as well: to let a network in is
 *    this object's to do (`unblock`). To compare the elements is dear with very many, so after a first time it rests for ten
 *    times as long as that took, and for five seconds where the kernel tells that there are as many as there should be
 *    (Linux 6.15). What somebody adds by hand is left alone: `list` has it, `unblock` and `reconcile` remove it.
 * 6. Two block lists of one table exclude each other, also across processes.
 */
export interface Blocklist extends Capable {
  /**
   * Brings operations into effect, in their order.
   *
   * @returns one outcome for each, in the same order. A bad operation fails alone: this rejects only when it is closed.
   */
  apply(ops: readonly BlockOp[], signal?: AbortSignal): Promise<readonly BlockOutcome[]>;
  /**
   * Makes the kernel block these and no others: in one transaction where the kernel takes one so large, else by what has
   * to change, so that there is no moment in which a wanted one is let in.
   */
  reconcile(desired: Iterable<Block>, signal?: AbortSignal): Promise<ReconcileReport>;
  /** What the kernel blocks now, as it says itself. Dear with very many. */
  list(signal?: AbortSignal): Promise<readonly BlockedNetwork[]>;
  /** What is to be blocked now, as this object remembers it. Costs no system call. */
  remembered(): Iterable<Block>;
  /** What was denied since the table was made. */
  counters(): Promise<Counted>;
  /** Lets the kernel check operations and changes nothing. */
  dryRun(ops: readonly BlockOp[], signal?: AbortSignal): Promise<readonly BlockOutcome[]>;
  /** The nft statements that make the table, for people. */
  startStatements(): readonly string[];
  /** The nft statements that {@link apply} would amount to now, for people. */
  statements(ops: readonly BlockOp[]): readonly string[];
  /** How it is: at once when subscribed, then each change. Completes when it is closed. */
  readonly health: Observable<Health>;
  /**
   * Blocks whose time is over, by this object's own timer: the kernel tells nobody. A block of several ports is told port by
   * port.
   */
  readonly expired: Observable<Block>;
  /**
   * Finishes what is under way and lets go. `keep` leaves table and blocks, which the kernel ends in time; `flush` lets
   * all in; `delete` also removes the table. Twice is once.
   */
  close(options?: { readonly onStop?: 'keep' | 'flush' | 'delete' }): Promise<void>;
}
