import { type Address, parseAddress } from '@sluice/pipeline';
import { ipv4Network } from './ipv4-network.ts';
import { ipv6Network } from './ipv6-network.ts';

/** How many leading bits of an address count. */
export type Prefixes = Readonly<Record<4 | 6, number>>;

/**
 * An address as a network: canonical text with the host bits cleared. Undefined for what is no address, whatever says
 * that it is one: the text is read, and what is returned is made of what was read.
 */
export function networkKey(given: Address, prefixes: Prefixes): Address | undefined {
  const { text, family } = given;
  if (typeof text !== 'string') return undefined;
  const network = family === 4 ? ipv4Network(text, prefixes[4]) : ipv6Network(text, prefixes[6]);
  if (network !== undefined && network === text && (family === 4 || family === 6)) return given;
  if (network !== undefined) return { text: network, family: family === 4 ? 4 : 6 };
  // Not as `parseAddress` writes it, so perhaps one in another notation.
  const address = parseAddress(text);
  if (address === undefined || (address.text === text && address.family === family)) return undefined;
  return networkKey(address, prefixes);
}
