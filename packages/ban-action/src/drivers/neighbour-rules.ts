import type { Family } from './firewall-options.ts';

/** Router solicitation and advertisement, neighbour solicitation and advertisement (RFC 4861, 4.1 to 4.4). */
const discoveryTypes = [133, 134, 135, 136];

/**
 * Rules, after the name of their chain, that let neighbour discovery pass by those that follow. A banned network may be the
 * one that this machine is in: without these it would lose its router, too. Only neighbours can send with hop limit 255.
 */
export const neighbourRules = (family: Family): string[] =>
  family === 4
    ? []
    : discoveryTypes.map((type) => `-p ipv6-icmp -m icmp6 --icmpv6-type ${type} -m hl --hl-eq 255 -j RETURN`);
