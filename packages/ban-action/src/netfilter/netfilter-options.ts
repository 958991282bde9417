import { AddressSet, type Clock, type Network, parseNetwork, systemClock } from '@sluice/pipeline';
import type { CommandRunner } from '../commands/command-runner.ts';
import { spawnRunner } from '../commands/spawn-runner.ts';
import { expected, mustCount } from '../options.ts';

/** Options of `netfilter`. */
export interface NetfilterOptions {
  /** Name of the `inet` table, which belongs to this backend alone. Default `sluice`. */
  readonly table?: string;
  /**
   * Where packets are looked at. `prerouting` sees forwarded ones too, so containers are covered; `input` only those
   * for this machine. Default `prerouting`.
   */
  readonly hook?: 'prerouting' | 'input';
  /** Place in the hook. Default -310 at prerouting (before conntrack, which makes a drop cheap) and -10 at input. */
  readonly priority?: number;
  /** What a banned one gets: silence, an ICMP error, or (TCP only, others silence) a reset. Default `drop`. */
  readonly deny?: 'drop' | 'reject' | 'reset';
  /** Leading bits of an IPv4 address that are banned. Default 32: that address. */
  readonly ipv4Prefix?: number;
  /**
   * Leading bits of an IPv6 address that are banned. Default 64: one subscriber has at least that many addresses, so a
   * ban of a single one (128) is no ban.
   */
  readonly ipv6Prefix?: number;
  /** Networks that the table lets pass whatever is banned, besides loopback and IPv6 link-local. Default none. */
  readonly allow?: readonly string[];
  /** Most elements in a set; more are refused. Default no limit: the policy's `maxBans` is one. */
  readonly maxElements?: number;
  /**
   * What `stop()` does: `keep` leaves table and bans, which the kernel ends in time; `flush` lets all in; `delete` also
   * removes the table. Default `keep`.
   */
  readonly onStop?: 'keep' | 'flush' | 'delete';
  /** How to call nft: `['ip', 'netns', 'exec', 'web', 'nft']` for another network namespace. Default `['nft']`. */
  readonly command?: readonly string[];
  /** Longest time that a commit may take. Default 30,000. */
  readonly timeoutMs?: number;
  /** Tells what is left of a ban. Default the machine's clock. */
  readonly clock?: Clock;
  /** What runs nft. Default: a child process. */
  readonly runner?: CommandRunner;
}

/** The set that holds a family's bans. One set holds addresses of one prefix length, so that overlaps cannot clash. */
export interface BanSet {
  readonly name: string;
  readonly prefix: number;
}

type Resolved = 'allow' | 'maxElements' | 'ipv4Prefix' | 'ipv6Prefix';
export type ResolvedNetfilterOptions = Required<Omit<NetfilterOptions, Resolved>> & {
  readonly maxElements: number | undefined;
  readonly banSets: Readonly<Record<4 | 6, BanSet>>;
  /** No network in another. */
  readonly allowed: readonly Network[];
};

const always = ['127.0.0.0/8', '::1', 'fe80::/10'];

/** Reads the networks and leaves out those inside others: an interval set refuses overlaps. */
function readAllowed(allow: readonly string[]): Network[] {
  const networks = [...always, ...allow].map((text, n) => {
    const network = parseNetwork(text);
    if (network === undefined) throw expected(`allow[${n - always.length}]`, 'an address or network', text);
    return network;
  });
  const widest = networks.sort((a, b) => a.prefix - b.prefix);
  const covered = new AddressSet();
  return widest.filter((network) => {
    if (covered.has(network.address)) return false;
    covered.add(network);
    return true;
  });
}

/** @throws BanActionError `ERR_BAN_ACTION_OPTION` */
export function resolveNetfilterOptions(options: NetfilterOptions): ResolvedNetfilterOptions {
  const { table = 'sluice', hook = 'prerouting', deny = 'drop', onStop = 'keep', command = ['nft'] } = options;
  const { priority = hook === 'input' ? -10 : -310, timeoutMs = 30_000, maxElements } = options;
  const { ipv4Prefix = 32, ipv6Prefix = 64, clock = systemClock, runner = spawnRunner } = options;
  if (!/^[a-z][\w-]{0,63}$/i.test(table))
    throw expected('table', 'a letter and up to 63 letters, digits, `_` and `-`', table);
  const choices = {
    hook: ['prerouting', 'input'],
    deny: ['drop', 'reject', 'reset'],
    onStop: ['keep', 'flush', 'delete'],
  };
  for (const [option, values] of Object.entries(choices)) {
    const value = { hook, deny, onStop }[option] as string;
    if (!values.includes(value)) throw expected(option, `one of ${values.join(', ')}`, value);
  }
  mustCount('priority', priority, -2_147_483_648, 2_147_483_647);
  mustCount('ipv4Prefix', ipv4Prefix, 8, 32);
  mustCount('ipv6Prefix', ipv6Prefix, 16, 128);
  mustCount('timeoutMs', timeoutMs, 1, 2_147_483_647);
  if (maxElements !== undefined) mustCount('maxElements', maxElements, 1, 4_294_967_295);
  if (command.length === 0) throw expected('command', 'a program and its arguments', '[]');
  const allowed = readAllowed(options.allow ?? []);
  const banSet = (family: 4 | 6, prefix: number): BanSet => ({ name: `all${family}_${prefix}`, prefix });
  const banSets = { 4: banSet(4, ipv4Prefix), 6: banSet(6, ipv6Prefix) };
  const kernel = { table, hook, priority, deny, banSets, maxElements, allowed };
  return { ...kernel, onStop, command, timeoutMs, clock, runner };
}
