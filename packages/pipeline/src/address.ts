import ipaddr from 'ipaddr.js';

/** A validated IP address. */
export interface Address {
  /** Canonical: dotted decimal, or IPv6 as RFC 5952 writes it. An IPv4-mapped IPv6 address is its IPv4 address. */
  readonly text: string;
  readonly family: 4 | 6;
}

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ipv4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`);
const ipv6MaxChars = 45;

/**
 * Writes a dotted tail (`::ffff:192.0.2.1`) as two groups; undefined when the tail is no IPv4 address.
 * The library takes `::192.0.2.1` for the mapped address, which it is not (RFC 4291, 2.5.5.1), and lets octal through.
 */
function withoutDots(text: string): string | undefined {
  if (!text.includes('.')) return text;
  const tail = text.lastIndexOf(':') + 1;
  const dotted = text.slice(tail);
  if (!ipv4.test(dotted)) return undefined;
  const [a, b, c, d] = dotted.split('.').map(Number) as [number, number, number, number];
  return `${text.slice(0, tail)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}

/**
 * Reads one address as a log or a person writes it; undefined when it is none.
 *
 * Stricter than `inet_aton`, because what is misread here is banned: four decimal octets without leading zeros
 * (which others read as octal), no ports, no zones, no brackets.
 */
export function parseAddress(text: string): Address | undefined {
  if (ipv4.test(text)) return { text, family: 4 };
  if (text.length > ipv6MaxChars || !text.includes(':') || text.includes('%')) return undefined;
  const groups = withoutDots(text);
  if (groups === undefined || !ipaddr.IPv6.isValid(groups)) return undefined;
  const parsed = ipaddr.IPv6.parse(groups);
  if (parsed.isIPv4MappedAddress()) return { text: parsed.toIPv4Address().toString(), family: 4 };
  return { text: parsed.toRFC5952String(), family: 6 };
}
