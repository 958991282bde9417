import ipaddr from 'ipaddr.js';
import { type Address, parseAddress } from './address.ts';

/** An address and the number of leading bits that count. */
export interface Network {
  readonly address: Address;
  /** Length of the prefix in bits. */
  readonly prefix: number;
}

const bitsOf = (address: Address): number => (address.family === 4 ? 32 : 128);

/** Prefix length that a dotted netmask stands for; undefined when its ones are not contiguous. */
function maskToPrefix(mask: string): number | undefined {
  const address = parseAddress(mask);
  if (address === undefined) return undefined;
  return ipaddr.parse(address.text).prefixLengthFromSubnetMask() ?? undefined;
}

/** Reads `address`, `address/bits` or `address/netmask`; undefined when it is none of them. */
export function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf('/');
  const address = parseAddress(slash === -1 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  if (slash === -1) return { address, prefix: bitsOf(address) };
  const length = text.slice(slash + 1);
  const prefix = /^\d{1,3}$/.test(length) ? Number(length) : maskToPrefix(length);
  return prefix === undefined || prefix > bitsOf(address) ? undefined : { address, prefix };
}

/** The address's first `prefix` bits, as a map key. */
function keyOf(bytes: readonly number[], prefix: number): string {
  const whole = prefix >> 3;
  const rest = prefix & 7;
  const head = bytes.slice(0, whole).join('.');
  return rest === 0 ? head : `${head}.${(bytes[whole] as number) & (0xff00 >> rest)}`;
}

/** Addresses and networks, asked whether they hold an address: one look-up per prefix length in use. */
export class AddressSet {
  readonly #byFamily = { 4: new Map<number, Set<string>>(), 6: new Map<number, Set<string>>() };

  /** @param networks as {@link parseNetwork} reads them */
  constructor(networks: Iterable<Network> = []) {
    for (const network of networks) this.add(network);
  }

  add({ address, prefix }: Network): void {
    const byPrefix = this.#byFamily[address.family];
    const keys = byPrefix.get(prefix) ?? new Set();
    byPrefix.set(prefix, keys.add(keyOf(ipaddr.parse(address.text).toByteArray(), prefix)));
  }

  has(address: Address): boolean {
    const byPrefix = this.#byFamily[address.family];
    if (byPrefix.size === 0) return false;
    const bytes = ipaddr.parse(address.text).toByteArray();
    for (const [prefix, keys] of byPrefix) if (keys.has(keyOf(bytes, prefix))) return true;
    return false;
  }
}
