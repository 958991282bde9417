import { BanActionError } from '../ban-action-error.ts';
import { shellQuote } from '../commands/shell-quote.ts';
import type { Family } from '../drivers/firewall-options.ts';
import { noNetwork } from '../drivers/network-text.ts';
import { rehearsedDriver } from '../drivers/rehearsed-driver.ts';
import type { BlockedNetwork, NetworkChange, NetworkDriver } from '../networks/network-driver.ts';
import { FamilySet } from './family-set.ts';
import { IpsetProgram } from './ipset-program.ts';
import type { ResolvedIpsetOptions } from './options.ts';
import { changeLine, maxTimeoutMs, sentinels } from './set-lines.ts';
import { SetRules } from './set-rules.ts';

type Failed = ReadonlyMap<NetworkChange, BanActionError>;

/** Networks in sets of the kernel, and one rule a family that denies what is in them. */
export class IpsetDriver implements NetworkDriver {
  readonly name = 'ipset';
  readonly maxTimeoutMs: number = maxTimeoutMs;
  readonly #options: ResolvedIpsetOptions;
  readonly #ipset: IpsetProgram;
  readonly #sets: Readonly<Record<Family, FamilySet>>;
  readonly #rules: Readonly<Record<Family, SetRules>>;
  #rulesSeenMs = Number.NEGATIVE_INFINITY;

  /** @param canSession false: programs are run by the `runner` only */
  constructor(options: ResolvedIpsetOptions, canSession: boolean) {
    this.#options = options;
    this.#ipset = new IpsetProgram(options, canSession);
    this.#sets = { 4: new FamilySet(options, 4, this.#ipset), 6: new FamilySet(options, 6, this.#ipset) };
    this.#rules = { 4: new SetRules(options, 4), 6: new SetRules(options, 6) };
  }

  async start(signal?: AbortSignal): Promise<void> {
    const undo: (() => Promise<unknown>)[] = [];
    try {
      for (const family of this.#options.families) {
        if (await this.#sets[family].ensure(signal)) undo.push(() => this.#ipset.run([`destroy ${this.#set(family)}`]));
        if (await this.#rules[family].ensure(signal)) undo.push(() => this.#rules[family].remove());
      }
    } catch (error) {
      for (const work of undo.reverse()) await work().catch(() => {});
      await this.#ipset.close();
      throw error;
    }
    this.#rulesSeenMs = performance.now();
  }

  async commit(changes: readonly NetworkChange[], signal?: AbortSignal): Promise<Failed> {
    const failed = new Map<NetworkChange, BanActionError>();
    const takes = this.#takes(changes, failed);
    const lines = takes.map((change) => changeLine(this.#set(change.family), change) ?? '');
    const checked = this.#checkRules(signal);
    // Awaited below; until then its failure is not unhandled.
    checked.catch(() => {});
    for (const [n, error] of await this.#ipset.run(lines, signal)) {
      if (error.code === 'ERR_BAN_ACTION_GONE') throw error;
      failed.set(takes[n] as NetworkChange, naming(error, lines[n]));
    }
    const { families } = this.#options;
    const isWhole = await this.#ipset.holds(
      families.map((family) => [this.#set(family), sentinels[family]]),
      signal,
    );
    if (!isWhole) throw gone('somebody emptied or removed a set', 'find out who runs `ipset flush`');
    await checked;
    return failed;
  }

  async reconcile(bans: readonly NetworkChange[], signal?: AbortSignal): Promise<Failed> {
    const failed = new Map<NetworkChange, BanActionError>();
    const takes = this.#takes(bans, failed);
    const sets = this.#options.families.map((family) => this.#sets[family]);
    const head = sets.flatMap((set) => set.createNewLines);
    const lines = takes.map((change) => changeLine(this.#sets[change.family].newName, change) ?? '');
    try {
      for (const [n, error] of await this.#ipset.run([...head, ...lines], signal)) {
        const change = takes[n - head.length];
        if (change === undefined) throw error;
        failed.set(change, naming(error, lines[n - head.length]));
      }
      await this.#ipset.runAll(
        sets.map((set) => set.exchangeLine),
        signal,
      );
    } finally {
      for (const set of sets) await set.dropNew();
    }
    return failed;
  }

  async list(signal?: AbortSignal): Promise<readonly BlockedNetwork[]> {
    return (await Promise.all(this.#options.families.map((family) => this.#sets[family].list(signal)))).flat();
  }

  async stop(): Promise<void> {
    const { families, onStop } = this.#options;
    try {
      for (const family of onStop === 'keep' ? [] : families) {
        if (onStop === 'delete') await this.#rules[family].remove();
        const lines = onStop === 'delete' ? [`destroy ${this.#set(family)}`] : this.#sets[family].flushLines;
        const failed = await this.#ipset.run(lines);
        const [error] = [...failed.values()].filter(({ code }) => code !== 'ERR_BAN_ACTION_GONE');
        if (error !== undefined) throw error;
      }
    } finally {
      await this.#ipset.close();
    }
  }

  startCommands(): readonly string[] {
    return this.#options.families.flatMap((family) => [
      ...this.#commands(this.#sets[family].createLines),
      ...this.#rules[family].ensureCommands(),
    ]);
  }

  commands(changes: readonly NetworkChange[]): readonly string[] {
    const takes = this.#takes(changes, new Map());
    return this.#commands(takes.map((change) => changeLine(this.#set(change.family), change) ?? ''));
  }

  rehearse(write: (command: string) => void): NetworkDriver {
    const { families, onStop } = this.#options;
    const flush = (): readonly string[] => this.#commands(families.flatMap((family) => this.#sets[family].flushLines));
    const remove = (): readonly string[] =>
      families.flatMap((family) => [
        ...this.#rules[family].removeCommands(),
        ...this.#commands([`destroy ${this.#set(family)}`]),
      ]);
    return rehearsedDriver(
      this,
      {
        start: () => this.startCommands(),
        commit: (changes) => this.commands(changes),
        reconcile: (bans) => [...flush(), ...this.commands(bans)],
        stop: { keep: () => [], flush, delete: remove }[onStop],
      },
      write,
    );
  }

  #set(family: Family): string {
    return this.#options.sets[family];
  }

  #commands(lines: readonly string[]): string[] {
    const { prefix } = this.#options;
    return lines.map((line) => [...prefix.map(shellQuote), 'ipset -!', line].join(' '));
  }

  /** Those that a set can take; the reasons why not of the others. */
  #takes(changes: readonly NetworkChange[], failed: Map<NetworkChange, BanActionError>): readonly NetworkChange[] {
    return changes.filter((change) => {
      if (!this.#options.families.includes(change.family)) failed.set(change, noFamily(change));
      else if (changeLine('', change) === undefined) failed.set(change, noNetwork(this.name, change));
      return !failed.has(change);
    });
  }

  async #checkRules(signal?: AbortSignal): Promise<void> {
    const nowMs = performance.now();
    if (nowMs - this.#rulesSeenMs < this.#options.ruleCheckMs) return;
    const areThere = await Promise.all(this.#options.families.map((family) => this.#rules[family].isThere(signal)));
    if (areThere.includes(false))
      throw gone(`somebody removed the rule from ${this.#options.chain}`, 'find out who flushes the rules');
    this.#rulesSeenMs = nowMs;
  }
}

const gone = (what: string, cure: string): BanActionError =>
  new BanActionError('ERR_BAN_ACTION_GONE', `ipset: ${what}`, { cure });

const noFamily = ({ family }: NetworkChange): BanActionError =>
  new BanActionError('ERR_BAN_ACTION_UNSUPPORTED', `ipset: IPv${family} is not banned here (families)`);

const naming = ({ code, message, cure, value }: BanActionError, line = ''): BanActionError =>
  new BanActionError(code, `${line.split(' ', 3).slice(1).reverse().join(' in ')}: ${message.split('; ')[0]}`, {
    cure,
    value,
  });
