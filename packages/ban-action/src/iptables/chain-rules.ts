import type { Family } from '../drivers/firewall-options.ts';
import { neighbourRules } from '../drivers/neighbour-rules.ts';
import { networkText, readNetwork } from '../drivers/network-text.ts';
import type { ResolvedIptablesOptions } from './options.ts';

/** A network that no packet comes from: where its rule is missing, somebody has emptied the chain. */
const sentinels: Readonly<Record<Family, string>> = {
  4: '255.255.255.255/32',
  6: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128',
};

type Layout = Pick<ResolvedIptablesOptions, 'chain' | 'ownChain' | 'deny'>;

/** Rules of the chain that holds a family's bans, as `iptables` takes and prints them after `-A`. */
export class ChainRules {
  /** What sends packets through the chain. */
  readonly jump: string;
  /** What is in the chain first. */
  readonly first: string;
  /** What is in the chain however many are banned, in this order; {@link first} is the first of them. */
  readonly head: readonly string[];
  readonly #layout: Layout;

  constructor(layout: Layout, family: Family) {
    this.#layout = layout;
    this.jump = `${layout.chain} ! -i lo -j ${layout.ownChain}`;
    this.first = `${layout.ownChain} -s ${sentinels[family]} -j RETURN`;
    this.head = [this.first, ...neighbourRules(family).map((rule) => `${layout.ownChain} ${rule}`)];
  }

  /** What denies a network. */
  ban(network: string): string {
    const { ownChain, deny } = this.#layout;
    return `${ownChain} -s ${network} -j ${deny === 'drop' ? 'DROP' : 'REJECT'}`;
  }

  /** Lines of a restore that make the chain anew with these networks; without `--noflush` on other chains. */
  anew(networks: Iterable<string>): string[] {
    const lines = [`:${this.#layout.ownChain} - [0:0]`, ...this.head.map((rule) => `-A ${rule}`)];
    for (const network of networks) lines.push(`-A ${this.ban(network)}`);
    return lines;
  }

  /** The network that a printed rule of the chain bans; undefined for the head and for those of others. */
  banned(printed: string): string | undefined {
    const text = printed.match(/^-A \S+ -s (\S+) -j (?:DROP|REJECT(?: --reject-with \S+)?)$/)?.[1];
    const network = text === undefined ? undefined : readNetwork(text);
    return network && networkText(network);
  }

  isHead(printed: string): boolean {
    return this.head.some((rule) => printed === `-A ${rule}`);
  }

  /** Whether a printed rule denies as the options say. */
  denies(printed: string): boolean {
    return printed.includes(this.#layout.deny === 'drop' ? '-j DROP' : '-j REJECT');
  }
}
