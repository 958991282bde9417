import type { Hook } from '../../ruleset/chain.ts';
import type { Family } from '../../ruleset/family.ts';

/** `enum nft_chain_attributes` (`linux/netfilter/nf_tables.h`). */
export const chainAttribute = { table: 1, handle: 2, name: 3, hook: 4, policy: 5, type: 7 } as const;

/** `enum nft_hook_attributes`, and what a list of devices holds. */
export const hookAttribute = { number: 1, priority: 2, device: 3, devices: 4, deviceName: 1 } as const;

/** `NF_DROP` and `NF_ACCEPT` (`linux/netfilter.h`). */
export const policies = { drop: 0, accept: 1 } as const;

/** `enum nf_inet_hooks`. */
const inetHooks: ReadonlyMap<Hook, number> = new Map([
  ['prerouting', 0],
  ['input', 1],
  ['forward', 2],
  ['output', 3],
  ['postrouting', 4],
  ['ingress', 5],
]);

/** `enum nf_dev_hooks`. */
const deviceHooks: ReadonlyMap<Hook, number> = new Map([
  ['ingress', 0],
  ['egress', 1],
]);

/** `NF_ARP_IN`, `NF_ARP_OUT`, `NF_ARP_FORWARD` (`linux/netfilter_arp.h`). */
const arpHooks: ReadonlyMap<Hook, number> = new Map([
  ['input', 0],
  ['output', 1],
  ['forward', 2],
]);

/** The numbers of a family's hooks. */
export const hooksOf = (family: Family): ReadonlyMap<Hook, number> =>
  family === 'netdev' ? deviceHooks : family === 'arp' ? arpHooks : inetHooks;
