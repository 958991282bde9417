import type { NameResolver } from '@sluice/pipeline';

/** The names that this machine goes by: its host name, and the full ones that the addresses of that name have. */
export async function ownNames(name: () => string, resolver: NameResolver): Promise<readonly string[]> {
  const short = name();
  if (short === '') return [];
  const addresses = await resolver.addressesOf(short);
  const full = await Promise.all(addresses.slice(0, maxLookups).map((address) => resolver.nameOf(address)));
  // A plain label is no full name, and what a reverse zone calls loopback is no name of this machine.
  return [...new Set([short, ...full.filter((one) => one !== undefined && one.includes('.'))])] as string[];
}

const maxLookups = 16;
