import { type NetworkBackend, networkBackend } from '../networks/network-backend.ts';
import { IptablesDriver } from './iptables-driver.ts';
import { type IptablesOptions, resolveIptablesOptions } from './options.ts';

/**
 * Bans as rules of iptables, one each, for hosts that have no sets. Every packet is held against every rule until one
 * fits: with 10,000 bans that costs more than all else that is done to it. Where there is ipset or nf_tables, use those.
 *
 * - The rules are in a chain of this backend's own, which `chain` jumps to. Batches go through `iptables-restore`, one
 *   transaction a family.
 * - iptables knows no timeouts: bans are ended by this process, and when it is dead they stand until it is back.
 * - `start()` reads the rules that stand. `reconcile()` makes the chain anew in one transaction.
 * - When somebody flushes the chain, or what leads to it, the next commit puts everything back.
 *
 * Give one backend to one `applyBans`: for several jails, merge their decisions.
 *
 * @throws BanActionError `ERR_BAN_ACTION_OPTION`
 */
export function iptables(options: IptablesOptions = {}): NetworkBackend {
  return networkBackend(new IptablesDriver(resolveIptablesOptions(options)), options);
}
