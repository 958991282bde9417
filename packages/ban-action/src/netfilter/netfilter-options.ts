import type { BlockedPort, BlocklistOptions, NetlinkSockets } from '@sluice/node-netfilter';
import type { NetworkBackendOptions } from '../networks/network-backend-options.ts';

type FromBlocklist = Omit<
  BlocklistOptions,
  'layout' | 'ipv4Prefix' | 'ipv6Prefix' | 'signal' | 'clock' | 'rejects' | 'metrics'
>;

/** Options of `netfilter`: those of node-netfilter's block list, and what a jail is. */
export interface NetfilterOptions extends FromBlocklist, NetworkBackendOptions {
  /**
   * `shared`: the bans of all jails in one set for each prefix length, the jail as comment. `per-jail`: sets for each
   * jail, behind a set of all, so that each can be looked at and emptied on its own. Default `shared`.
   */
  readonly layout?: 'shared' | 'per-jail';
  /** Ports that a jail's bans are about. Default: all traffic, as it is for a jail that has none. */
  readonly portsOf?: (jail: string) => readonly BlockedPort[] | undefined;
  /** What opens netlink sockets: for another network namespace. Default: this process. */
  readonly sockets?: NetlinkSockets;
}

/** The options as the block list takes them. */
export function blocklistOptions(options: NetfilterOptions): BlocklistOptions & { readonly sockets?: NetlinkSockets } {
  const { layout = 'shared', portsOf, clock, rejects, ...others } = options;
  return { ...others, layout: layout === 'per-jail' ? 'per-list' : layout, ...(rejects && { rejects }) };
}
