import type { BlockedPort } from './block-op.ts';
import type { SetPlace } from './set-place.ts';

/** What an element's key says. */
export interface ReadElementKey {
  readonly address: string;
  readonly port?: BlockedPort;
}

/** Reads a key of a set; undefined when a block list does not make such keys. */
export function readElementKey({ hasPorts }: SetPlace, key: string): ReadElementKey | undefined {
  if (!hasPorts) return { address: key };
  const [address = '', protocol, port] = key.split(' . ');
  if (protocol !== 'tcp' && protocol !== 'udp') return undefined;
  return { address, port: { protocol, port: Number(port) } };
}
