import { pause } from '@sluice/pipeline/node';
import type { NodeNetfilterError } from '../node-netfilter-error.ts';
import { asNetfilterError, isCutOff, isGone } from './fault-kind.ts';
import { fingerprint } from './fingerprint.ts';
import type { HealthState } from './health-state.ts';
import type { KernelTable } from './kernel-table.ts';
import { stageMissing } from './stage-missing.ts';
import { tableOf } from './table-commands.ts';
import { readTableState } from './table-state.ts';
import type { WorkQueue } from './work-queue.ts';

/** Longest pause between two tries to put a table back. */
const maxPauseMs = 30_000;
/**
 * Where there are as many elements as there should be, they are hardly other ones. Now and then they are: the kernel also
 * counts those whose time is over until it clears them away, so one of these can stand for one that was removed.
 */
const asManyRestMs = 5000;
/** A look that took a while is followed by a pause this many times as long, so that looking costs less than a tenth. */
const restFactor = 10;

/**
 * Looks whether somebody else has changed the table, and puts it back.
 *
 * 1. The generation of the ruleset is asked for each time, at the cost of microseconds. When it is another one, chains,
 *    rules and sets are looked at: they have to be those that were made.
 * 2. When there were more commits than this process's own, the elements are compared too. That is dear: it is done at once,
 *    and then not again before ten times as long has passed as it took, nor, where the kernel tells that there are as many as
 *    there should be, within five seconds.
 */
export class TableWatch {
  readonly #table: KernelTable;
  readonly #health: HealthState;
  readonly #stopped = new AbortController();
  /** Whether the kernel may have elements that the mirror does not know. */
  mayHaveUnknown = false;
  #repaired: () => void = () => {};
  #generation: number;
  #ownCommits = 0;
  #made = -1;
  #fingerprint: string | undefined;
  #allowed: string | undefined;
  /** Whether the kernel had as many elements as the mirror, when that was last seen. */
  #isAsMany = false;
  readonly #parts = new Rest();
  readonly #elements = new Rest();
  #pauseMs: number;

  /** @param generation that of the ruleset before anything of the table was read or made */
  constructor(table: KernelTable, health: HealthState, generation: number) {
    this.#generation = generation;
    this.#table = table;
    this.#health = health;
    this.#pauseMs = table.settings.watchIntervalMs;
  }

  /**
   * Takes what stands now for what was made, and goes on looking.
   *
   * @param repaired called when the table was put back
   */
  start(queue: WorkQueue, repaired: () => void): void {
    this.#repaired = repaired;
    this.#parts.isDue = true;
    void this.#watch(queue);
  }

  stop(): void {
    this.#stopped.abort();
  }

  /** A commit failed, and not because of what was in it. */
  failed(error: NodeNetfilterError): void {
    this.#health.failing(error);
  }

  async #watch(queue: WorkQueue): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      await queue.run(() => this.#look(), true);
      if (!signal.aborted) await pause(this.#pauseMs, signal, { keepsAlive: false });
    }
  }

  async #look(): Promise<void> {
    if (this.#stopped.signal.aborted) return;
    const { watchIntervalMs } = this.#table.settings;
    try {
      await this.#check();
      this.#pauseMs = watchIntervalMs;
    } catch (reason) {
      const error = asNetfilterError(reason);
      // It went while it was looked at: the next look finds that out.
      if (isGone(error)) return this.#parts.hurry();
      this.#health.failing(error);
      // When that fails as well, the next look tells.
      if (isCutOff(error)) await this.#table.renew().catch(() => {});
      this.#pauseMs = Math.min(maxPauseMs, Math.max(watchIntervalMs, this.#pauseMs * 2));
    }
  }

  async #check(): Promise<void> {
    const table = this.#table;
    await this.count();
    if (table.isUncertain) await this.#repair('it is not known whether a transaction took effect', true);
    const isNew = table.made !== this.#made || this.#health.now.state !== 'ok';
    if (isNew || this.#elements.isDue) this.#parts.isDue = true;
    if (this.#parts.mayBegin()) await this.#parts.during(() => this.#compareParts());
    if (this.#elements.mayBegin(this.#isAsMany ? asManyRestMs : 0))
      await this.#elements.during(() => this.#compareElements());
  }

  /** Finds out whether others have committed since the last time. */
  async count(): Promise<void> {
    const table = this.#table;
    const generation = await table.netfilter.generation();
    const commits = (generation - this.#generation) >>> 0;
    const own = table.ownCommits - this.#ownCommits;
    this.#generation = generation;
    this.#ownCommits = table.ownCommits;
    if (commits > 0) this.#parts.isDue = true;
    if (commits === own) return;
    this.#elements.isDue = true;
    this.mayHaveUnknown = true;
  }

  async #compareParts(): Promise<void> {
    const { settings, mirror, netfilter, made } = this.#table;
    const state = await readTableState(netfilter, tableOf(settings));
    if (state === undefined) return this.#repair('the table was removed');
    const sets = [...mirror.sets()].filter(({ isMade }) => isMade);
    this.#isAsMany = sets.every(({ nft, entries }) => {
      const found = state.sets.find(({ set }) => set === nft.set);
      return found?.elementCount === entries.size;
    });
    const print = fingerprint(state, settings, sets);
    const isKnown = made === this.#made;
    if (print === undefined) return this.#repair('a part of the table was removed or added');
    if (isKnown && print !== this.#fingerprint) return this.#repair('a part of the table was replaced');
    if (!isKnown) this.#allowed = await this.#readAllowed();
    this.#fingerprint = print;
    this.#made = made;
    this.#health.ok();
  }

  async #compareElements(): Promise<void> {
    const table = this.#table;
    if ((await this.#readAllowed()) !== this.#allowed) return this.#repair('networks that are let pass were changed');
    const missing = await stageMissing(table, this.#stopped.signal);
    if (missing === 0) return;
    this.#health.repairing(`${missing} ${missing === 1 ? 'element was' : 'elements were'} removed or changed`);
    const failed = await table.commitChanged();
    table.mirror.settle(failed);
    const [error] = failed?.values() ?? [];
    if (error !== undefined) throw error;
    this.#repaired();
  }

  async #repair(reason: string, isExact = false): Promise<void> {
    const table = this.#table;
    this.#health.repairing(reason);
    // What others do from here on may undo it, and has to be looked at.
    this.#elements.isDue = false;
    await table.rebuild(isExact);
    if (isExact) this.mayHaveUnknown = false;
    this.#repaired();
    // What was made now is what has to stand from now on.
    this.#made = -1;
    this.#parts.isDue = true;
    await this.count();
  }

  async #readAllowed(): Promise<string> {
    const { netfilter, settings } = this.#table;
    const texts = await Promise.all(
      (['ipv4_addr', 'ipv6_addr'] as const).map(async (type, n) => {
        const set = { ...tableOf(settings), set: `allow${n === 0 ? 4 : 6}`, key: [type], flags: ['interval'] as const };
        return (await netfilter.elements(set)).map(({ key }) => key).sort();
      }),
    );
    return texts.flat().join();
  }
}

/** When something dear may be done again. */
class Rest {
  isDue = false;
  #endMs = Number.NEGATIVE_INFINITY;
  #untilMs = Number.NEGATIVE_INFINITY;

  mayBegin(leastMs = 0): boolean {
    const nowMs = performance.now();
    return this.isDue && nowMs >= this.#untilMs && nowMs >= this.#endMs + leastMs;
  }

  hurry(): void {
    this.isDue = true;
    this.#untilMs = Number.NEGATIVE_INFINITY;
  }

  async during(work: () => Promise<void>): Promise<void> {
    const beganMs = performance.now();
    this.isDue = false;
    try {
      await work();
    } catch (error) {
      this.isDue = true;
      throw error;
    } finally {
      this.#endMs = performance.now();
      this.#untilMs = this.#endMs + restFactor * (this.#endMs - beganMs);
    }
  }
}
