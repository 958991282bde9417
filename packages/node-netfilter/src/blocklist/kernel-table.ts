import type { Clock } from '@sluice/pipeline';
import { commitAll } from '../netfilter/commit-all.ts';
import type { CommitOptions, Netfilter } from '../netfilter/netfilter.ts';
import type { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { Command } from '../ruleset/command.ts';
import { ChangeCommands } from './change-commands.ts';
import { asNetfilterError, isGone, isInTheWay, isRefusal } from './fault-kind.ts';
import type { FailedChanges, Mirror } from './mirror.ts';
import type { Change, Entry, MirrorSet } from './mirror-set.ts';
import type { Settings } from './settings.ts';
import { setCommands, startCommands, tableFlags, tableOf } from './table-commands.ts';

/** How the table is made: see {@link KernelTable.build}. */
export interface BuildOptions {
  /** Elements that go into it: those with changes, or all that are to be there. */
  readonly elements: 'changed' | 'all';
  /** Whether it is made in one transaction or not at all. Default false. */
  readonly isWhole?: boolean;
  /** Whether elements that nobody knows of go. Default false. */
  readonly isExact?: boolean;
  /** What else is done, before. */
  readonly before?: readonly Command[];
  readonly staleChains?: readonly string[];
  /** Whether the table that is there is replaced by another one. Default false. */
  readonly isNewTable?: boolean;
}

/** An element that had to be left out, and why. */
export type Lost = (entry: Entry, error: NodeNetfilterError) => void;

/** The table in the kernel, kept as the mirror says. One call at a time. */
export class KernelTable {
  readonly mirror: Mirror;
  readonly settings: Settings;
  /** Commits of this object that have changed something, and so made the ruleset another generation. */
  ownCommits = 0;
  /** Whether it is not known if a commit took effect. */
  isUncertain = false;
  /** How often the table's parts were made by this object. */
  made = 0;
  /** Called when the table was gone, and was made anew for a commit. */
  onRebuilt: (() => void) | undefined;
  /** Called when the kernel cannot be told what is wanted. */
  onTrouble: ((error: NodeNetfilterError) => void) | undefined;
  /** Gives another way to the kernel, where there may be one. */
  reopen: (() => Promise<Netfilter>) | undefined;
  netfilter: Netfilter;
  /** Whether the next commit changes something for certain. */
  #isCertain = true;
  readonly #clock: Clock;
  readonly #lost: Lost;

  constructor(settings: Settings, mirror: Mirror, netfilter: Netfilter, lost: Lost) {
    this.settings = settings;
    this.mirror = mirror;
    this.netfilter = netfilter;
    this.#clock = settings.clock;
    this.#lost = lost;
  }

  /** All or nothing. */
  async commit(commands: readonly Command[], options?: CommitOptions): Promise<void> {
    const ask = (): Promise<number | undefined> => this.netfilter.generation().catch(() => undefined);
    const before = this.#isCertain ? undefined : await ask();
    try {
      await this.netfilter.commit(commands, options);
    } catch (error) {
      const fault = asNetfilterError(error);
      if (!isRefusal(fault)) this.isUncertain = true;
      throw fault;
    }
    // Were one counted that changed nothing, somebody else's would be taken for it.
    if (before === undefined || (await ask()) !== before) this.ownCommits += 1;
  }

  /**
   * Makes the table with its elements: in one transaction where that is possible, else the table first. Elements that the
   * kernel refuses leave the mirror.
   *
   * @returns what the kernel refused
   * @throws NodeNetfilterError why there is no table
   */
  async build(options: BuildOptions): Promise<FailedChanges | undefined> {
    const { elements, isExact = false, isWhole = false, before = [], staleChains = [] } = options;
    const sets = [...this.mirror.sets()];
    const start = [...before, ...startCommands(this.settings, sets, staleChains, isExact)];
    const commands = elements === 'all' ? this.#everything(sets) : this.#changes(this.mirror.changed);
    this.isUncertain = false;
    let failed: FailedChanges | undefined;
    try {
      await this.commit([...start, ...commands.commands]);
      this.#isMade(sets);
    } catch (error) {
      const { code, faults } = error as NodeNetfilterError;
      const isElements = faults.length > 0 && faults.every(({ command }) => command >= start.length);
      if (isWhole || commands.commands.length === 0 || !(isElements || code === 'ERR_NODE_NETFILTER_TOO_LARGE'))
        throw error;
      await this.commit(start);
      this.#isMade(sets);
      failed = commands.failed(await commitAll(this, commands.commands));
      for (const [{ entry }, fault] of failed) {
        // What is being changed is its caller's to tell.
        if (entry.change !== undefined) continue;
        this.mirror.drop(entry);
        this.#lost(entry, fault);
      }
    }
    return failed;
  }

  /** Takes another way to the kernel: the one there was is gone, and what it did last is not known. */
  async renew(): Promise<void> {
    if (this.reopen === undefined) return;
    this.netfilter = await this.reopen();
    this.isUncertain = true;
  }

  /** Gives a table that is there the flags that it has to have. A transaction that does takes no new base chain. */
  async claim(): Promise<void> {
    await this.commit([{ kind: 'add-table', table: { ...tableOf(this.settings), flags: tableFlags(this.settings) } }]);
  }

  /**
   * Makes the table anew with all that is to be in it. Where something of another kind stands under a name of ours, the
   * table is removed before: it belongs to this object alone.
   *
   * @param isExact whether elements that nobody knows of go
   */
  async rebuild(isExact: boolean = false): Promise<void> {
    const ref = tableOf(this.settings);
    const before: readonly Command[] = [
      { kind: 'add-table', table: ref },
      { kind: 'delete-table', table: ref },
    ];
    const ways = [
      () => this.build({ elements: 'all', isExact }),
      () => this.claim().then(() => this.build({ elements: 'all', isExact })),
      () => this.build({ elements: 'all', before }),
    ];
    for (const [n, way] of ways.entries()) {
      try {
        await way();
        return;
      } catch (reason) {
        const error = asNetfilterError(reason);
        if (!isInTheWay(error) || n === ways.length - 1) throw error;
      }
    }
  }

  /** Brings the mirror's changes into effect, as far as that is possible. */
  async commitChanged(): Promise<FailedChanges | undefined> {
    const { changed } = this.mirror;
    let failed = await this.#tryChanged(changed);
    if (failed === undefined || ![...failed.values()].some(isGone)) return failed;
    try {
      await this.rebuild();
    } catch (error) {
      return allOf(changed, asNetfilterError(error));
    }
    this.onRebuilt?.();
    // What is to go may still be there: of a set that was left alone.
    failed = await this.#tryChanged(changed);
    return failed;
  }

  async #tryChanged(changed: readonly MirrorSet[]): Promise<FailedChanges | undefined> {
    const unmade = changed.filter(({ isMade, changes }) => !isMade && changes.some(({ entry }) => entry.endMs > 0));
    const failed = new Map<Change, NodeNetfilterError>();
    if (unmade.length > 0) {
      const error = await this.#make(unmade);
      if (error !== undefined) for (const [change, fault] of allOf(unmade, error)) failed.set(change, fault);
    }
    const commands = this.#changes(changed.filter(({ isMade }) => isMade));
    if (commands.commands.length > 0) {
      this.#isCertain = isChange(changed, this.#clock.nowMs());
      const faults = await commitAll(this, commands.commands);
      this.#isCertain = true;
      if (faults.length > 0) for (const [change, fault] of commands.failed(faults)) failed.set(change, fault);
    }
    return failed.size === 0 ? undefined : failed;
  }

  /** Makes sets and the rules that look into them. */
  async #make(sets: readonly MirrorSet[]): Promise<NodeNetfilterError | undefined> {
    // Lists' own sets are looked up in a chain that comes with the set of all lists.
    const order = [...sets].sort((a, b) => Number(b.place.owner === 'any') - Number(a.place.owner === 'any'));
    try {
      await this.commit(order.flatMap((set) => setCommands(set, this.settings)));
    } catch (error) {
      return error as NodeNetfilterError;
    }
    this.#isMade(sets);
    return undefined;
  }

  #isMade(sets: readonly MirrorSet[]): void {
    for (const set of sets) set.isMade = true;
    this.made += 1;
  }

  #changes(changed: readonly MirrorSet[]): ChangeCommands {
    const nowMs = this.#clock.nowMs();
    const commands = new ChangeCommands(this.netfilter.capabilities);
    for (const set of changed) commands.add(set, set.changes, nowMs);
    return commands;
  }

  #everything(sets: readonly MirrorSet[]): ChangeCommands {
    const nowMs = this.#clock.nowMs();
    const commands = new ChangeCommands(this.netfilter.capabilities);
    for (const set of sets) commands.addAll(set, nowMs);
    return commands;
  }
}

/** What is this near its end may have ended. */
const nearEndMs = 1000;

/** Whether any of these changes the kernel for certain, so that its ruleset becomes another generation. */
const isChange = (sets: readonly MirrorSet[], nowMs: number): boolean =>
  sets.some(({ changes }) =>
    changes.some(({ entry: { endMs }, heldEndMs }) =>
      endMs > nowMs ? endMs !== heldEndMs || endMs < Number.POSITIVE_INFINITY : heldEndMs > nowMs + nearEndMs,
    ),
  );

function allOf(sets: readonly MirrorSet[], error: NodeNetfilterError): FailedChanges {
  return new Map(sets.flatMap(({ changes }) => changes.map((change) => [change, error])));
}
