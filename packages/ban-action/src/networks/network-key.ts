import { readNetwork } from '@sluice/node-netfilter';
import type { Address } from '@sluice/pipeline';

/** Leading bits that count, by family. */
export type Prefixes = Readonly<Record<4 | 6, number>>;

/**
 * An address as a network: canonical text with the host bits cleared. Undefined for what is no address, whatever says
 * that it is one: the text is read, and what is returned is made of what was read.
 */
export function networkKey(given: Address, prefixes: Prefixes): Address | undefined {
  const { text, family } = given;
  // A text with a length is a network, and no address.
  if (typeof text !== 'string' || text.includes('/')) return undefined;
  const network = readNetwork(text, { ipv4Prefix: prefixes[4], ipv6Prefix: prefixes[6] });
  if (network === undefined) return undefined;
  return network.address === text && network.family === family
    ? given
    : { text: network.address, family: network.family };
}
