import type { NameResolver } from '@sluice/pipeline';

/** More addresses than this one host name has for anybody who does not play tricks. */
const maxLookups = 16;

/** The names that this machine goes by: its host name, and the full ones that the addresses of that name have. */
export async function ownNames(name: () => string, resolver: NameResolver): Promise<readonly string[]> {
  const short = name();
  if (short === '') return [];
  const addresses = await resolver.addressesOf(short);
  const full = await Promise.all(addresses.slice(0, maxLookups).map((address) => resolver.nameOf(address)));
  return [...new Set([short, ...full.filter((one) => one !== undefined).filter((one) => one.includes('.'))])];
}
