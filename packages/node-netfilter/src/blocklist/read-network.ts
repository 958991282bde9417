import { formatIpv4 } from '../keys/format-ipv4.ts';
import { formatIpv6 } from '../keys/format-ipv6.ts';
import { parseIpv4 } from '../keys/parse-ipv4.ts';
import { parseIpv6 } from '../keys/parse-ipv6.ts';
import { parseNumber } from '../keys/parse-number.ts';
import { setHostBits } from '../keys/set-host-bits.ts';

/** A network as the sets hold it. */
export interface ReadNetwork {
  readonly family: 4 | 6;
  /** Leading bits that count: at least 1. */
  readonly prefix: number;
  /** Canonical address, host bits cleared; a text of its own, which keeps nothing of the one it was read from. */
  readonly address: string;
}

/** Leading bits of an address that comes without a length. */
export interface AddressPrefixes {
  readonly ipv4Prefix: number;
  readonly ipv6Prefix: number;
}

const bytes = new Uint8Array(16);
const mappedBits = 96;

function isMapped(): boolean {
  for (let i = 0; i < 10; i++) if (bytes[i] !== 0) return false;
  return bytes[10] === 0xff && bytes[11] === 0xff;
}

function ipv4(at: number, prefix: number): ReadNetwork | undefined {
  if (prefix < 1) return undefined;
  if (prefix < 32) setHostBits(bytes, at, 4, prefix, false);
  return { family: 4, prefix, address: formatIpv4(bytes, at) };
}

/**
 * Reads `203.0.113.7`, `2001:db8::1` or `198.51.100.0/24`; an IPv4-mapped IPv6 address is its IPv4 address. Host bits are
 * cleared. Undefined when it is none of them, or everything (`0.0.0.0/0`).
 */
export function readNetwork(text: unknown, { ipv4Prefix, ipv6Prefix }: AddressPrefixes): ReadNetwork | undefined {
  if (typeof text !== 'string') return undefined;
  const slash = text.indexOf('/');
  const end = slash < 0 ? text.length : slash;
  const length = (max: number): number => parseNumber(text, slash + 1, text.length, max);
  if (parseIpv4(text, 0, end, bytes, 0)) return ipv4(0, slash < 0 ? ipv4Prefix : length(32));
  if (!parseIpv6(text, 0, end, bytes, 0)) return undefined;
  if (isMapped()) return ipv4(12, slash < 0 ? ipv4Prefix : length(128) - mappedBits);
  const prefix = slash < 0 ? ipv6Prefix : length(128);
  if (prefix < 1) return undefined;
  if (prefix < 128) setHostBits(bytes, 0, 16, prefix, false);
  return { family: 6, prefix, address: formatIpv6(bytes, 0) };
}
