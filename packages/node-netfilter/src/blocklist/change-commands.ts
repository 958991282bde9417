import type { Capabilities } from '../netfilter/capabilities.ts';
import type { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { Command } from '../ruleset/command.ts';
import type { CommandFault } from '../ruleset/command-fault.ts';
import type { SetElement } from '../ruleset/set-element.ts';
import { elementOf } from './element-of.ts';
import type { FailedChanges } from './mirror.ts';
import type { Change, MirrorSet } from './mirror-set.ts';

/** What the commands need to know of the kernel. */
export type KernelWays = Pick<Capabilities, 'destroyElements' | 'updateTimeouts'>;

/** Changes as commands. */
export class ChangeCommands {
  readonly commands: Command[] = [];
  readonly #changes: (readonly Change[])[] = [];
  readonly #ways: KernelWays;

  constructor(ways: KernelWays) {
    this.#ways = ways;
  }

  /** What has to be done in a set. Deletions come first: they make room. */
  add({ nft: set }: MirrorSet, changes: readonly Change[], nowMs: number): this {
    const gone: Change[] = [];
    const added: Change[] = [];
    const elements: SetElement[] = [];
    for (const change of changes) {
      const { entry, heldEndMs, heldList } = change;
      const isWanted = entry.endMs > nowMs;
      // The kernel keeps an element's comment, and before Linux 6.12 its time, for as long as it is there.
      const isReplaced = heldEndMs > 0 && (heldList !== entry.list || !this.#ways.updateTimeouts);
      if (!isWanted || isReplaced) gone.push(change);
      if (!isWanted) continue;
      added.push(change);
      elements.push(elementOf(entry, nowMs));
    }
    if (gone.length > 0) {
      const keys = gone.map(({ entry: { key } }) => ({ key }));
      this.#push({ kind: 'delete-elements', set, elements: keys, ifAbsent: 'ignore' }, gone);
    }
    if (added.length > 0) this.#push({ kind: 'add-elements', set, elements }, added);
    return this;
  }

  /** All that is to be in a set. */
  addAll({ nft: set, entries }: MirrorSet, nowMs: number): this {
    const added: Change[] = [];
    const elements: SetElement[] = [];
    for (const entry of entries.values()) {
      if (entry.endMs <= nowMs) continue;
      added.push(entry.change ?? { entry, heldEndMs: entry.endMs, heldList: entry.list });
      elements.push(elementOf(entry, nowMs));
    }
    if (added.length > 0) this.#push({ kind: 'add-elements', set, elements }, added);
    return this;
  }

  /** Which changes faults are about. */
  failed(faults: readonly CommandFault[]): FailedChanges {
    const failed = new Map<Change, NodeNetfilterError>();
    for (const { command, element, error } of faults) {
      const all = this.#changes[command] ?? [];
      const isDeletion = this.commands[command]?.kind === 'delete-elements';
      for (const change of element === undefined ? all : all.slice(element, element + 1)) {
        // To delete what may be absent, it is added first. A full set that has no room for it does not hold it.
        const isAbsent = isDeletion && !this.#ways.destroyElements && error.code === 'ERR_NODE_NETFILTER_FULL';
        if (!isAbsent && !failed.has(change)) failed.set(change, error);
      }
    }
    return failed;
  }

  all(): readonly Change[] {
    return this.#changes.flat();
  }

  #push(command: Command, changes: readonly Change[]): void {
    this.commands.push(command);
    this.#changes.push(changes);
  }
}
