import type { KeyType } from '../ruleset/set.ts';
import { formatIpv4 } from './format-ipv4.ts';
import { formatIpv6 } from './format-ipv6.ts';
import { parseIpv4 } from './parse-ipv4.ts';
import { parseIpv6 } from './parse-ipv6.ts';
import { parseNumber } from './parse-number.ts';
import { protocols } from './protocols.ts';

/** A type that a key, or a part of it, may have. */
export interface KeyField {
  readonly type: KeyType;
  /** nft's number of the type, which the kernel keeps for it (nftables, `enum datatypes`). */
  readonly id: number;
  readonly byteLength: number;
  /** What it is, for people. */
  readonly words: string;
  /** Whether a range of it may be written as a network: `10.0.0.0/8`. */
  readonly hasPrefixes: boolean;
  /** Writes the bytes of a part of a text in network order; whether it is one. */
  readonly parse: (text: string, from: number, to: number, bytes: Uint8Array, at: number) => boolean;
  readonly format: (bytes: Uint8Array, at: number) => string;
}

const protocolNames = new Map([...protocols].map(([name, number]) => [number, name]));

const ipv4: KeyField = {
  type: 'ipv4_addr',
  id: 7,
  byteLength: 4,
  words: 'an IPv4 address',
  hasPrefixes: true,
  parse: parseIpv4,
  format: formatIpv4,
};

const ipv6: KeyField = {
  type: 'ipv6_addr',
  id: 8,
  byteLength: 16,
  words: 'an IPv6 address',
  hasPrefixes: true,
  parse: parseIpv6,
  format: formatIpv6,
};

const protocol: KeyField = {
  type: 'inet_proto',
  id: 12,
  byteLength: 1,
  words: 'a protocol such as tcp, or its number',
  hasPrefixes: false,
  parse(text, from, to, bytes, at) {
    const number = parseNumber(text, from, to, 255);
    const value = number >= 0 ? number : protocols.get(text.slice(from, to));
    bytes[at] = value ?? 0;
    return value !== undefined;
  },
  format: (bytes, at) => protocolNames.get(bytes[at] as number) ?? String(bytes[at]),
};

const service: KeyField = {
  type: 'inet_service',
  id: 13,
  byteLength: 2,
  words: 'a port from 0 to 65535',
  hasPrefixes: false,
  parse(text, from, to, bytes, at) {
    const port = parseNumber(text, from, to, 0xffff);
    bytes[at] = port >> 8;
    bytes[at + 1] = port;
    return port >= 0;
  },
  format: (bytes, at) => String(((bytes[at] as number) << 8) | (bytes[at + 1] as number)),
};

/** All of them by name. */
export const keyFields: ReadonlyMap<KeyType, KeyField> = new Map(
  [ipv4, ipv6, protocol, service].map((field) => [field.type, field]),
);
