import {
  type FirewallOptions,
  mustName,
  type ResolvedFirewallOptions,
  resolveFirewallOptions,
} from '../drivers/firewall-options.ts';
import { expected } from '../options.ts';

/** Options of `iptables`. */
export interface IptablesOptions extends FirewallOptions {
  /** Name of the chain that holds the bans, which belongs to this backend alone. Default `sluice`. */
  readonly ownChain?: string;
}

export type ResolvedIptablesOptions = ResolvedFirewallOptions & Required<Pick<IptablesOptions, 'ownChain'>>;

/** @throws BanActionError `ERR_BAN_ACTION_OPTION` */
export function resolveIptablesOptions(options: IptablesOptions): ResolvedIptablesOptions {
  const { ownChain = 'sluice' } = options;
  const firewall = resolveFirewallOptions('iptables', options);
  mustName('ownChain', ownChain);
  if (ownChain === firewall.chain) throw expected('ownChain', 'another chain than `chain`', ownChain);
  return { ...firewall, ownChain };
}
