import { EndTimer } from '@sluice/pipeline/node';
import { type Observable, Subject } from 'rxjs';
import { nodeNetfilterMetrics } from '../metrics.ts';
import type { Capabilities } from '../netfilter/capabilities.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import { commandText } from '../text/command-text.ts';
import { blockOf } from './block-of.ts';
import type { Block, BlockOp, BlockOutcome } from './block-op.ts';
import type { BlockedNetwork } from './blocked-network.ts';
import type { Blocklist, Counted } from './blocklist.ts';
import type { ConnectionCutter } from './connection-cutter.ts';
import type { Release } from './exclusive-name.ts';
import { isElementFault } from './fault-kind.ts';
import type { Health } from './health.ts';
import type { HealthState } from './health-state.ts';
import type { KernelTable } from './kernel-table.ts';
import { listBlocked } from './list-blocked.ts';
import type { FailedChanges, Mirror } from './mirror.ts';
import { OpsBatch } from './ops-batch.ts';
import { reconcileBlocks } from './reconcile-blocks.ts';
import type { ReconcileReport } from './reconcile-report.ts';
import { rehearsal, rehearse } from './rehearsal.ts';
import type { Settings } from './settings.ts';
import { lead } from './stage-op.ts';
import { deniedCounter, startCommands, stopCommands, tableOf } from './table-commands.ts';
import type { TableWatch } from './table-watch.ts';
import { type OpsRequest, WorkQueue } from './work-queue.ts';

/** Blocks that are told as over before other work gets its turn. */
const maxExpiredAtOnce = 1000;

/** What a block list is made of. */
export interface BlocklistParts {
  readonly settings: Settings;
  readonly table: KernelTable;
  readonly health: HealthState;
  readonly watch: TableWatch;
  readonly cutter: ConnectionCutter | undefined;
  /** Lets go of the kernel and of the table's name. */
  readonly release: Release;
}

/** A block list in the kernel. */
export class KernelBlocklist implements Blocklist {
  readonly health: Observable<Health>;
  readonly expired: Observable<Block>;
  readonly #parts: BlocklistParts;
  readonly #settings: Settings;
  readonly #mirror: Mirror;
  readonly #table: KernelTable;
  readonly #queue: WorkQueue;
  readonly #expired = new Subject<Block>();
  readonly #timer: EndTimer;
  #closed: Promise<void> | undefined;

  constructor(parts: BlocklistParts) {
    this.#parts = parts;
    this.#settings = parts.settings;
    this.#timer = new EndTimer(parts.settings.clock, () => this.#expire());
    this.#table = parts.table;
    this.#mirror = parts.table.mirror;
    this.health = parts.health.changes;
    this.expired = this.#expired.asObservable();
    this.#queue = new WorkQueue((waiting) => this.#takeOps(waiting));
    this.#table.onTrouble = (error) => parts.watch.failed(error);
    this.#table.onRebuilt = () => this.#repaired();
    parts.watch.start(this.#queue, () => this.#repaired());
    this.#setTimer();
  }

  get capabilities(): Capabilities {
    return this.#table.netfilter.capabilities;
  }

  async apply(ops: readonly BlockOp[], signal?: AbortSignal): Promise<readonly BlockOutcome[]> {
    this.#mustBeOpen();
    return ops.length === 0 ? [] : this.#queue.apply(ops, signal);
  }

  async reconcile(desired: Iterable<Block>, signal?: AbortSignal): Promise<ReconcileReport> {
    this.#mustBeOpen();
    return this.#queue.run(async () => {
      if (signal?.aborted === true)
        throw new NodeNetfilterError('ABORTED', 'stopped by its signal before it was begun');
      const { watch } = this.#parts;
      await watch.count().catch(() => {
        watch.mayHaveUnknown = true;
      });
      // What nft tells of others' commits comes a moment later.
      const isKnown = !watch.mayHaveUnknown && this.capabilities.transport === 'netlink';
      const { report, blocked } = await reconcileBlocks(desired, this.#table, isKnown, signal);
      if (report.failed.length === 0) watch.mayHaveUnknown = false;
      this.#setTimer();
      this.#parts.cutter?.cut(blocked);
      return report;
    });
  }

  async list(signal?: AbortSignal): Promise<readonly BlockedNetwork[]> {
    this.#mustBeOpen();
    return listBlocked(this.#table.netfilter, [...this.#mirror.sets()], signal);
  }

  *remembered(): IterableIterator<Block> {
    const nowMs = this.#settings.clock.nowMs();
    for (const { place, entries } of this.#mirror.sets()) {
      if (place.owner === 'any') continue;
      for (const entry of entries.values()) if (entry.endMs > nowMs) yield blockOf(entry, nowMs);
    }
  }

  async counters(): Promise<Counted> {
    this.#mustBeOpen();
    const counter = await this.#table.netfilter.counter({ ...tableOf(this.#settings), counter: deniedCounter });
    return { packets: counter?.packets ?? 0n, bytes: counter?.bytes ?? 0n };
  }

  async dryRun(ops: readonly BlockOp[], signal?: AbortSignal): Promise<readonly BlockOutcome[]> {
    this.#mustBeOpen();
    return this.#queue.run(() => rehearse(ops, this.#table, signal));
  }

  startStatements(): readonly string[] {
    return startCommands(this.#settings, [...this.#mirror.sets()]).flatMap(commandText);
  }

  statements(ops: readonly BlockOp[]): readonly string[] {
    return rehearsal(ops, this.#mirror, this.#settings, this.capabilities).commands.flatMap(commandText);
  }

  close({ onStop = this.#settings.onStop }: { readonly onStop?: Settings['onStop'] } = {}): Promise<void> {
    this.#closed ??= this.#close(onStop);
    return this.#closed;
  }

  async #close(onStop: Settings['onStop']): Promise<void> {
    this.#parts.watch.stop();
    try {
      await this.#queue.run(async () => {
        if (onStop === 'keep') return;
        const commands = stopCommands(this.#settings, this.#mirror.sets(), onStop);
        if (commands.length > 0) await this.#table.commit(commands);
      });
      await this.#parts.cutter?.idle();
    } finally {
      this.#timer.disarm();
      this.#parts.health.closed();
      this.#expired.complete();
      await this.#parts.release();
    }
  }

  /** Does the next operations, in one commit. */
  async #takeOps(waiting: Iterable<OpsRequest>): Promise<void> {
    const batch = new OpsBatch(this.#settings, this.#mirror);
    batch.stage(waiting, this.#settings.maxBatch);
    if (this.#mirror.changed.length > 0) {
      const failed = await this.#commitChanged();
      if (failed !== undefined) batch.fail(failed);
      this.#setTimer();
    }
    this.#parts.cutter?.cut(batch.blocked());
    const { applied, failed } = batch.count();
    this.#settings.metrics?.add(nodeNetfilterMetrics.appliedOps, applied);
    if (failed > 0) this.#settings.metrics?.add(nodeNetfilterMetrics.failedOps, failed);
  }

  async #commitChanged(): Promise<FailedChanges | undefined> {
    const failed = await this.#table.commitChanged();
    this.#mirror.settle(failed);
    if (failed === undefined) return undefined;
    const whole = [...failed.values()].find((error) => !isElementFault(error));
    if (whole !== undefined) this.#table.onTrouble?.(whole);
    if (this.#settings.layout === 'per-list') await this.#mend(failed);
    return failed;
  }

  /** Where a network is in its list's set or in that of all lists, and not in both, puts that right. */
  async #mend(failed: FailedChanges): Promise<void> {
    for (const { entry } of failed.keys()) {
      const { place } = entry.set;
      if (place.owner !== 'any') lead(this.#mirror, this.#mirror.set({ ...place, owner: 'any' }), entry.key);
      else if (entry.endMs === 0) {
        for (const set of this.#mirror.setsFor(place.family, place.prefix, place.hasPorts))
          if (set.entries.has(entry.key)) this.#mirror.want(set, entry.key, 0, '');
      }
    }
    if (this.#mirror.changed.length > 0) this.#mirror.settle(await this.#table.commitChanged());
  }

  #expire(): void {
    const nowMs = this.#settings.clock.nowMs();
    let told = 0;
    let count = 0;
    for (const entry of this.#mirror.expire(nowMs)) {
      if (entry.set.place.owner !== 'any') {
        count += 1;
        this.#expired.next(blockOf({ ...entry, endMs: Number.POSITIVE_INFINITY }, nowMs));
      }
      told += 1;
      if (told >= maxExpiredAtOnce) break;
    }
    if (count > 0) this.#settings.metrics?.add(nodeNetfilterMetrics.expiredBlocks, count);
    this.#setTimer();
  }

  #setTimer(): void {
    this.#timer.arm(this.#mirror.nextEndMs);
  }

  #repaired(): void {
    this.#settings.metrics?.add(nodeNetfilterMetrics.repairs, 1);
    this.#parts.health.repaired();
    this.#setTimer();
  }

  #mustBeOpen(): void {
    if (this.#closed !== undefined) throw new NodeNetfilterError('CLOSED', 'the block list was closed');
  }
}
