import { BanActionError } from '../ban-action-error.ts';
import type { NetworkChange } from '../networks/network-driver.ts';

type Network = Pick<NetworkChange, 'address' | 'family' | 'prefix'>;

const plain = new Map<unknown, RegExp>([
  [4, /^\d{1,3}(?:\.\d{1,3}){3}$/],
  [6, /^[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}$/],
]);
const bits = { 4: 32, 6: 128 } as const;

/**
 * A network as programs and files take it: `192.0.2.0/24`. Undefined for what cannot be one: whatever a driver's caller
 * says, nothing but digits, letters up to f, dots, colons and one slash leaves here.
 */
export function networkText({ address, family, prefix }: Network): string | undefined {
  if (plain.get(family)?.test(address) !== true) return undefined;
  return Number.isInteger(prefix) && prefix > 0 && prefix <= bits[family] ? `${address}/${prefix}` : undefined;
}

/** The error for a change whose network has no text. */
export const noNetwork = (driver: string, { address, prefix }: Network): BanActionError => {
  const shown = JSON.stringify(`${address}/${prefix}`.slice(0, 100));
  return new BanActionError('ERR_BAN_ACTION_ADDRESS', `${driver} bans networks, and ${shown} is none`);
};

/** Reads what {@link networkText} writes, and a bare address as one that counts whole. */
export function readNetwork(text: string): Network | undefined {
  const [, address = '', length] = text.match(/^([\da-f.:]+)(?:\/(\d{1,3}))?$/) ?? [];
  const family = address.includes(':') ? 6 : 4;
  const network: Network = { address, family, prefix: length === undefined ? bits[family] : Number(length) };
  return networkText(network) === undefined ? undefined : network;
}
