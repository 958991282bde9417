/**
 * Names of the protocols above IP that nft writes by name where the machine has a common /etc/protocols, and their
 * numbers (IANA, "Assigned Internet Protocol Numbers").
 */
export const protocols: ReadonlyMap<string, number> = new Map([
  ['icmp', 1],
  ['igmp', 2],
  ['tcp', 6],
  ['udp', 17],
  ['dccp', 33],
  ['gre', 47],
  ['esp', 50],
  ['ah', 51],
  ['ipv6-icmp', 58],
  ['sctp', 132],
  ['udplite', 136],
]);
