import { parseNetwork } from '@sluice/pipeline';
import { networkText } from './network-text.ts';

/** What an address, network or id is called in decisions: an address by its canonical text, a network by its first one. */
export function idOf(text: string): string {
  const network = parseNetwork(text);
  return network === undefined ? text : networkText(network);
}
