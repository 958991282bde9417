import { BanActionError } from '../ban-action-error.ts';
import type { Family } from '../drivers/firewall-options.ts';
import { networkText, noNetwork } from '../drivers/network-text.ts';
import { rehearsedDriver } from '../drivers/rehearsed-driver.ts';
import type { BlockedNetwork, NetworkChange, NetworkDriver } from '../networks/network-driver.ts';
import { backendFault } from '../outcome.ts';
import { FamilyChain } from './family-chain.ts';
import type { ResolvedIptablesOptions } from './options.ts';

type Failed = ReadonlyMap<NetworkChange, BanActionError>;

/** A rule a network, in a chain of each family that belongs to this driver. */
export class IptablesDriver implements NetworkDriver {
  readonly name = 'iptables';
  readonly maxTimeoutMs = 0;
  readonly #options: ResolvedIptablesOptions;
  readonly #chains: ReadonlyMap<Family, FamilyChain>;

  constructor(options: ResolvedIptablesOptions) {
    this.#options = options;
    this.#chains = new Map(options.families.map((family) => [family, new FamilyChain(options, family)]));
  }

  async start(signal?: AbortSignal): Promise<void> {
    const undos: (() => Promise<void>)[] = [];
    try {
      for (const chain of this.#chains.values()) {
        const undo = await chain.start(signal);
        if (undo !== undefined) undos.push(undo);
      }
    } catch (error) {
      for (const undo of undos) await undo().catch(() => {});
      throw error;
    }
  }

  commit(changes: readonly NetworkChange[], signal?: AbortSignal): Promise<Failed> {
    return this.#each(changes, (chain, all) => {
      if (all.length === 0) return undefined;
      const texts = (kind: NetworkChange['kind']): string[] =>
        all.filter((change) => change.kind === kind).map((change) => networkText(change) ?? '');
      return chain.change(texts('ban'), texts('unban'), signal);
    });
  }

  reconcile(bans: readonly NetworkChange[], signal?: AbortSignal): Promise<Failed> {
    return this.#each(bans, (chain, all) =>
      chain.replace(
        all.map((ban) => networkText(ban) ?? ''),
        signal,
      ),
    );
  }

  async list(signal?: AbortSignal): Promise<readonly BlockedNetwork[]> {
    const lists = [...this.#chains.values()].map((chain) => chain.list(signal));
    return (await Promise.all(lists)).flat();
  }

  async stop(): Promise<void> {
    const { onStop } = this.#options;
    if (onStop === 'keep') return;
    for (const chain of this.#chains.values()) await (onStop === 'flush' ? chain.flush() : chain.remove());
  }

  startCommands(): readonly string[] {
    return this.#ofEach((chain) => chain.startCommands());
  }

  commands(changes: readonly NetworkChange[]): readonly string[] {
    return changes.flatMap((change) => {
      const network = networkText(change);
      const chain = this.#chains.get(change.family);
      if (network === undefined || chain === undefined || (change.kind === 'ban' && change.isKnown)) return [];
      return [chain.command(change.kind === 'ban' ? '-A' : '-D', network)];
    });
  }

  rehearse(write: (command: string) => void): NetworkDriver {
    const flush = (): readonly string[] => this.#ofEach((chain) => chain.flushCommands());
    const remove = (): readonly string[] => this.#ofEach((chain) => chain.removeCommands());
    return rehearsedDriver(
      this,
      {
        start: () => this.startCommands(),
        commit: (changes) => this.commands(changes),
        reconcile: (bans) => [...flush(), ...this.commands(bans.map((ban) => ({ ...ban, isKnown: false })))],
        stop: { keep: () => [], flush, delete: remove }[this.#options.onStop],
      },
      write,
    );
  }

  #ofEach(commands: (chain: FamilyChain) => readonly string[]): readonly string[] {
    return [...this.#chains.values()].flatMap(commands);
  }

  /** Gives each family's chain its changes. A family that fails fails all of its own. */
  async #each(
    changes: readonly NetworkChange[],
    work: (chain: FamilyChain, all: readonly NetworkChange[]) => Promise<void> | undefined,
  ): Promise<Failed> {
    const failed = new Map<NetworkChange, BanActionError>();
    const takes = changes.filter((change) => {
      if (!this.#chains.has(change.family)) failed.set(change, noFamily(change));
      else if (networkText(change) === undefined) failed.set(change, noNetwork(this.name, change));
      return !failed.has(change);
    });
    for (const [family, chain] of this.#chains) {
      const all = takes.filter((change) => change.family === family);
      try {
        await work(chain, all);
      } catch (cause) {
        const error = backendFault(this.name, cause);
        if (all.length === 0) throw error;
        for (const change of all) failed.set(change, error);
      }
    }
    return failed;
  }
}

const noFamily = ({ family }: NetworkChange): BanActionError =>
  new BanActionError('ERR_BAN_ACTION_UNSUPPORTED', `iptables: IPv${family} is not banned here (families)`);
