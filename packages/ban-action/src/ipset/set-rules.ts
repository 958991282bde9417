import { BanActionError } from '../ban-action-error.ts';
import type { Family } from '../drivers/firewall-options.ts';
import { neighbourRules } from '../drivers/neighbour-rules.ts';
import { Xtables } from '../drivers/xtables.ts';
import type { ResolvedIpsetOptions } from './options.ts';

/**
 * The rule of one family that denies what is in its set. IPv6 needs a chain for that, of the set's name, which lets
 * neighbour discovery pass.
 */
export class SetRules {
  readonly #options: ResolvedIpsetOptions;
  readonly #xtables: Xtables;
  readonly #family: Family;

  constructor(options: ResolvedIpsetOptions, family: Family) {
    this.#options = options;
    this.#family = family;
    this.#xtables = new Xtables(options, family);
  }

  /** @throws BanActionError when that cannot be told */
  isThere(signal?: AbortSignal): Promise<boolean> {
    return this.#xtables.has(this.#rule, signal);
  }

  /** @returns whether it was made @throws BanActionError nothing of it is there then */
  async ensure(signal?: AbortSignal): Promise<boolean> {
    const lines = this.#chain.map((rule) => `-A ${rule}`);
    if (lines.length > 0) await this.#restore([`:${this.#set} - [0:0]`, ...lines], signal);
    if (await this.isThere(signal)) return false;
    try {
      await this.#xtables.insert(this.#rule, signal);
      // Of before, where the options had another `deny`: it would keep the set from ever being destroyed.
      await this.#xtables.remove(this.#ruleTo(this.#options.deny === 'drop' ? 'REJECT' : 'DROP'));
    } catch (error) {
      await this.remove().catch(() => {});
      throw this.#explained(error as BanActionError);
    }
    return true;
  }

  /** Removes it, where it is. @throws BanActionError */
  async remove(): Promise<void> {
    await this.#xtables.remove(this.#rule);
    const isMade = this.#chain.length > 0 && (await this.#xtables.rules(this.#set)) !== undefined;
    if (isMade) await this.#restore([`-F ${this.#set}`, `-X ${this.#set}`]);
  }

  ensureCommands(): string[] {
    const chain = this.#chain.map((rule) => this.#xtables.command('-A', rule.split(' ')));
    const made = chain.length === 0 ? [] : [`${this.#xtables.command('-N', [this.#set])} && ${chain.join(' && ')}`];
    return [...made, this.#xtables.ensureCommand(this.#rule)];
  }

  removeCommands(): string[] {
    const chain = this.#chain.length === 0 ? [] : ['-F', '-X'].map((verb) => this.#xtables.command(verb, [this.#set]));
    return [this.#xtables.command('-D', this.#rule), ...chain];
  }

  get #set(): string {
    return this.#options.sets[this.#family];
  }

  get #target(): string {
    return this.#options.deny === 'drop' ? 'DROP' : 'REJECT';
  }

  get #rule(): string[] {
    return this.#ruleTo(this.#chain.length === 0 ? this.#target : this.#set);
  }

  /** The rules of the set's own chain. */
  get #chain(): string[] {
    const rules = neighbourRules(this.#family);
    return rules.length === 0 ? [] : [...rules, `-j ${this.#target}`].map((rule) => `${this.#set} ${rule}`);
  }

  #ruleTo(target: string): string[] {
    const { chain } = this.#options;
    return [chain, '!', '-i', 'lo', '-m', 'set', '--match-set', this.#set, 'src', '-j', target];
  }

  async #restore(lines: readonly string[], signal?: AbortSignal): Promise<void> {
    const fault = await this.#xtables.restore(lines, signal);
    if (fault !== undefined) throw this.#explained(fault);
  }

  #explained(error: BanActionError): BanActionError {
    if (error.code !== 'ERR_BAN_ACTION_GONE') return error;
    const { chain, table } = this.#options;
    const cure = `name a chain of the table ${table} that there is (chain ${chain}), and see that the kernel has xt_set`;
    return new BanActionError('ERR_BAN_ACTION_UNSUPPORTED', error.message, { cure, value: error.value });
  }
}
