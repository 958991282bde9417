import type { BlockedPort } from '@sluice/node-netfilter';
import { type Clock, type RejectSink, systemClock } from '@sluice/pipeline';
import { expected, mustCount } from '../options.ts';
import type { Prefixes } from './network-key.ts';

/** Options of `networkBackend`, and of all backends that are made by it. */
export interface NetworkBackendOptions {
  /** Leading bits of an IPv4 address that are banned. Default 32: that address. */
  readonly ipv4Prefix?: number;
  /**
   * Leading bits of an IPv6 address that are banned. Default 64: one subscriber has at least that many addresses, so a
   * ban of a single one (128) is no ban.
   */
  readonly ipv6Prefix?: number;
  /** Tells what is left of a ban. Default the machine's clock. */
  readonly clock?: Clock;
  /** Told of bans that are over and could not be ended; they are tried again. */
  readonly rejects?: RejectSink;
}

/** What a driver may have besides. */
export interface TargetOptions {
  /** Whether each jail's bans stand for themselves, so that two jails that ban one network do not share its ban. Default false. */
  readonly perJail?: boolean;
  /** Ports that a jail's bans are about; undefined, and by default, all traffic. */
  readonly portsOf?: ((jail: string) => readonly BlockedPort[] | undefined) | undefined;
}

export type ResolvedBackendOptions = Required<Pick<NetworkBackendOptions, 'clock'>> &
  Pick<NetworkBackendOptions, 'rejects'> &
  TargetOptions & { readonly prefixes: Prefixes };

/** @throws BanActionError `ERR_BAN_ACTION_OPTION` */
export function resolveBackendOptions(options: NetworkBackendOptions & TargetOptions): ResolvedBackendOptions {
  const { ipv4Prefix = 32, ipv6Prefix = 64, clock = systemClock, rejects, perJail = false, portsOf } = options;
  mustCount('ipv4Prefix', ipv4Prefix, 8, 32);
  mustCount('ipv6Prefix', ipv6Prefix, 16, 128);
  if (portsOf !== undefined && typeof portsOf !== 'function') throw expected('portsOf', 'a function', portsOf);
  return { prefixes: { 4: ipv4Prefix, 6: ipv6Prefix }, clock, perJail, portsOf, ...(rejects && { rejects }) };
}
