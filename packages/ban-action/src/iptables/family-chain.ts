import { BanActionError } from '../ban-action-error.ts';
import type { Family } from '../drivers/firewall-options.ts';
import { readNetwork } from '../drivers/network-text.ts';
import { Xtables } from '../drivers/xtables.ts';
import type { BlockedNetwork } from '../networks/network-driver.ts';
import { ChainRules } from './chain-rules.ts';
import type { ResolvedIptablesOptions } from './options.ts';

/** Rules that are removed one by one; for more the chain is made anew, since each removal looks through the chain. */
const maxRemovals = 16;

/** The chain of one family, and which networks it denies. */
export class FamilyChain {
  readonly #rules: ChainRules;
  readonly #xtables: Xtables;
  readonly #options: ResolvedIptablesOptions;
  #networks: ReadonlySet<string> = new Set();
  /** False when a restore failed, or was ended, that may have done a part of its work. */
  #isSure = false;

  constructor(options: ResolvedIptablesOptions, family: Family) {
    this.#options = options;
    this.#rules = new ChainRules(options, family);
    this.#xtables = new Xtables(options, family);
  }

  /**
   * Reads the chain that stands from before, or makes it, and sees that packets come by.
   *
   * @returns what undoes it; undefined when the chain was there
   * @throws BanActionError also for a chain that is not ours
   */
  async start(signal?: AbortSignal): Promise<(() => Promise<void>) | undefined> {
    const printed = await this.#xtables.rules(this.#options.ownChain, signal);
    const networks = this.#readOwn(printed ?? []);
    const isAsWanted =
      printed?.length === networks.size + this.#rules.head.length &&
      printed.every((rule) => this.#rules.isHead(rule) || this.#rules.denies(rule));
    if (!isAsWanted) await this.#write(this.#rules.anew(networks), signal);
    this.#networks = networks;
    this.#isSure = true;
    const undo = printed === undefined ? () => this.remove() : undefined;
    try {
      await this.#ensureJump(signal);
    } catch (error) {
      await undo?.().catch(() => {});
      throw error;
    }
    return undo;
  }

  /**
   * Lets networks in and bans others, in one transaction, and looks whether the chain still is what it was.
   *
   * @throws BanActionError why nothing was done; `ERR_BAN_ACTION_GONE` when somebody changed the chain
   */
  async change(bans: readonly string[], unbans: readonly string[], signal?: AbortSignal): Promise<void> {
    if (!this.#isSure) await this.start(signal);
    const added = bans.filter((network) => !this.#networks.has(network));
    const removed = unbans.filter((network) => this.#networks.has(network));
    const networks = new Set(this.#networks);
    for (const network of removed) networks.delete(network);
    for (const network of added) networks.add(network);
    const checks = [`-C ${this.#rules.jump}`, `-C ${this.#rules.first}`];
    const lines =
      removed.length > maxRemovals
        ? this.#rules.anew(networks)
        : [
            ...removed.map((network) => `-D ${this.#rules.ban(network)}`),
            ...added.map((network) => `-A ${this.#rules.ban(network)}`),
          ];
    await this.#write([...checks, ...lines], signal);
    this.#networks = networks;
  }

  /** Makes the chain deny these and nothing else, in one transaction. @throws BanActionError */
  async replace(bans: readonly string[], signal?: AbortSignal): Promise<void> {
    const networks = new Set(bans);
    await this.#write(this.#rules.anew(networks), signal);
    this.#networks = networks;
    this.#isSure = true;
  }

  async list(signal?: AbortSignal): Promise<readonly BlockedNetwork[]> {
    const printed = await this.#xtables.rules(this.#options.ownChain, signal);
    return (printed ?? []).flatMap((rule) => {
      const network = readNetwork(this.#rules.banned(rule) ?? '');
      return network === undefined ? [] : [network];
    });
  }

  /** Lets all in, where there is the chain. @throws BanActionError */
  async flush(): Promise<void> {
    if ((await this.#xtables.rules(this.#options.ownChain)) !== undefined) await this.replace([]);
  }

  /** Removes the chain and what leads to it, where they are. @throws BanActionError */
  async remove(): Promise<void> {
    const { ownChain } = this.#options;
    if ((await this.#xtables.rules(ownChain)) === undefined) return;
    await this.#xtables.remove(this.#rules.jump.split(' '));
    await this.#write([`-F ${ownChain}`, `-X ${ownChain}`]);
    this.#networks = new Set();
  }

  startCommands(): string[] {
    const { ownChain } = this.#options;
    return [
      `${this.#xtables.command('-S', [ownChain])} || ${this.#xtables.command('-N', [ownChain])}`,
      ...this.#rules.head.map((rule) => {
        const words = rule.split(' ');
        return `${this.#xtables.command('-C', words)} || ${this.#xtables.command('-A', words)}`;
      }),
      this.#xtables.ensureCommand(this.#rules.jump.split(' ')),
    ];
  }

  command(verb: '-A' | '-D', network: string): string {
    return this.#xtables.command(verb, this.#rules.ban(network).split(' '));
  }

  flushCommands(): string[] {
    const { ownChain } = this.#options;
    const head = this.#rules.head.map((rule) => this.#xtables.command('-A', rule.split(' ')));
    return [this.#xtables.command('-F', [ownChain]), ...head];
  }

  removeCommands(): string[] {
    const { ownChain } = this.#options;
    return [
      this.#xtables.command('-D', this.#rules.jump.split(' ')),
      this.#xtables.command('-F', [ownChain]),
      this.#xtables.command('-X', [ownChain]),
    ];
  }

  #readOwn(printed: readonly string[]): Set<string> {
    const networks = new Set<string>();
    for (const rule of printed) {
      const network = this.#rules.banned(rule);
      if (network !== undefined) networks.add(network);
      else if (!this.#rules.isHead(rule))
        throw new BanActionError(
          'ERR_BAN_ACTION_REFUSED',
          `iptables: the chain ${this.#options.ownChain} has rules of others`,
          {
            cure: 'choose another ownChain',
            value: rule,
          },
        );
    }
    return networks;
  }

  async #ensureJump(signal?: AbortSignal): Promise<void> {
    const { chain, table } = this.#options;
    const jump = this.#rules.jump.split(' ');
    if (await this.#xtables.has(jump, signal)) return;
    await this.#xtables.insert(jump, signal).catch((error: BanActionError) => {
      if (error.code !== 'ERR_BAN_ACTION_GONE') throw error;
      const cure = `name a chain of the table ${table} that there is (chain ${chain})`;
      throw new BanActionError('ERR_BAN_ACTION_UNSUPPORTED', error.message, { cure, value: error.value });
    });
  }

  /** In halves where it is too much for the buffer of a process without rights, which only then is not one transaction. */
  async #write(lines: readonly string[], signal?: AbortSignal): Promise<void> {
    const wasSure = this.#isSure;
    this.#isSure = false;
    const fault = await this.#xtables.restore(lines, signal);
    if (fault !== undefined) await this.#writeHalves(lines, fault, signal);
    this.#isSure = wasSure;
  }

  async #writeHalves(lines: readonly string[], fault: BanActionError, signal?: AbortSignal): Promise<void> {
    if (fault.code !== 'ERR_BAN_ACTION_TOO_LARGE' || lines.length < 2) throw fault;
    const half = lines.length >> 1;
    await this.#write(lines.slice(0, half), signal);
    await this.#write(lines.slice(half), signal);
  }
}
