import type { CommandRunner } from '../commands/command-runner.ts';
import { spawnRunner } from '../commands/spawn-runner.ts';
import type { NetworkBackendOptions } from '../networks/network-backend-options.ts';
import { expected, mustCount } from '../options.ts';
import type { ToolSetup } from './tool.ts';

/** Options that `ipset` and `iptables` share. */
export interface FirewallOptions extends NetworkBackendOptions {
  /**
   * Chain that the packets come by: `INPUT` for those to this machine, `FORWARD` or Docker's `DOCKER-USER` for those to
   * containers. Default `INPUT`, or `PREROUTING` in the table `raw`.
   */
  readonly chain?: string;
  /** Table that the chain is in. In `raw`, at `PREROUTING`, a drop costs least and covers containers. Default `filter`. */
  readonly table?: 'filter' | 'raw' | 'mangle';
  /** What a banned one gets: silence, or an ICMP error, which only the table `filter` can send. Default `drop`. */
  readonly deny?: 'drop' | 'reject';
  /** Families that are banned; an address of another is an outcome with an error. Default `[4, 6]`. */
  readonly families?: readonly (4 | 6)[];
  /** Which iptables: what the system calls so, or the one on nf_tables, or the one of old. Default `system`. */
  readonly variant?: 'system' | 'nft' | 'legacy';
  /**
   * What `stop()` does: `keep` leaves rules and bans; `flush` lets all in; `delete` also removes what was made. Default
   * `keep`.
   */
  readonly onStop?: 'keep' | 'flush' | 'delete';
  /** Put before every command: `['ip', 'netns', 'exec', 'web']` for another network namespace. Default nothing. */
  readonly prefix?: readonly string[];
  /** Longest time that a command may take, also waiting for the lock of iptables. Default 30,000. */
  readonly timeoutMs?: number;
  /** What runs the programs. Default: a child process. */
  readonly runner?: CommandRunner;
}

export type Family = 4 | 6;

export type ResolvedFirewallOptions = ToolSetup &
  Required<Pick<FirewallOptions, 'table' | 'chain' | 'deny' | 'families' | 'variant' | 'onStop'>>;

const choices = {
  table: ['filter', 'raw', 'mangle'],
  deny: ['drop', 'reject'],
  variant: ['system', 'nft', 'legacy'],
  onStop: ['keep', 'flush', 'delete'],
} as const;

/**
 * @param name of the driver
 * @throws BanActionError `ERR_BAN_ACTION_OPTION`
 */
export function resolveFirewallOptions(name: string, options: FirewallOptions): ResolvedFirewallOptions {
  const { table = 'filter', deny = 'drop', variant = 'system', onStop = 'keep' } = options;
  const { chain = table === 'raw' ? 'PREROUTING' : 'INPUT', families = [4, 6] } = options;
  const { prefix = [], timeoutMs = 30_000, runner = spawnRunner } = options;
  const chosen = { table, deny, variant, onStop };
  for (const [option, words] of Object.entries(choices)) {
    const value = chosen[option as keyof typeof chosen];
    if (!(words as readonly string[]).includes(value)) throw expected(option, `one of ${words.join(', ')}`, value);
  }
  mustName('chain', chain);
  if (deny === 'reject' && table !== 'filter') throw expected('deny', `drop in the table ${table}`, deny);
  if (families.length === 0 || families.some((family) => family !== 4 && family !== 6))
    throw expected('families', 'a list of 4, 6 or both', JSON.stringify(families));
  if (prefix.some((word) => typeof word !== 'string' || word === '' || word.includes('\0')))
    throw expected('prefix', 'a program and its arguments', JSON.stringify(prefix));
  mustCount('timeoutMs', timeoutMs, 1, 2_147_483_647);
  return { name, table, chain, deny, variant, onStop, families: [...new Set(families)], prefix, timeoutMs, runner };
}

/** @throws BanActionError `ERR_BAN_ACTION_OPTION` unless iptables takes it as the name of a chain */
export function mustName(option: string, value: unknown, most = 28): void {
  if (typeof value === 'string' && value.length <= most && /^[a-z][\w.-]*$/i.test(value)) return;
  throw expected(option, `a letter and up to ${most - 1} letters, digits, \`_\`, \`.\` and \`-\``, value);
}
