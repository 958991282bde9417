import { NodeNetfilterError } from '../../node-netfilter-error.ts';
import type { Family } from '../../ruleset/family.ts';

/** Numbers of the families (`linux/netfilter.h`, `enum nfproto`). */
export const familyNumber: Readonly<Record<Family, number>> = {
  inet: 1,
  ip: 2,
  arp: 3,
  netdev: 5,
  bridge: 7,
  ip6: 10,
};

/** @throws NodeNetfilterError `ERR_NODE_NETFILTER_OPTION` when there is no such family */
export function checkFamily(family: Family): number {
  if (Object.hasOwn(familyNumber, family)) return familyNumber[family];
  const known = Object.keys(familyNumber).join(', ');
  throw new NodeNetfilterError('OPTION', `family must be one of ${known}, not ${String(family)}`, { value: family });
}
