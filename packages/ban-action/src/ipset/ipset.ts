import { type NetworkBackend, networkBackend } from '../networks/network-backend.ts';
import { IpsetDriver } from './ipset-driver.ts';
import { type IpsetOptions, resolveIpsetOptions } from './options.ts';

/**
 * Bans in sets of the kernel's ipset, for hosts whose firewall is iptables: one set and one rule a family, whatever the
 * number of bans.
 *
 * - The kernel ends a ban by itself, to the second, also when this process is dead; one of more than 24.8 days, for which
 *   ipset has no numbers, is for ever in the kernel and ended by this process.
 * - `start()` keeps what stands. `reconcile()` fills a second set and exchanges the two: there is no moment without bans.
 * - A few changes are told to an `ipset` that runs on, many to `ipset restore`. A network that is refused is that event's
 *   error; the others are banned.
 * - When somebody flushes a set or the rules, the next commit puts everything back.
 *
 * Give one backend to one `applyBans`: for several jails, merge their decisions.
 *
 * @throws BanActionError `ERR_BAN_ACTION_OPTION`
 */
export function ipset(options: IpsetOptions = {}): NetworkBackend {
  const driver = new IpsetDriver(resolveIpsetOptions(options), options.runner === undefined);
  return networkBackend(driver, options);
}
