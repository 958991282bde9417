import { type Address, parseAddress } from '@sluice/pipeline';

/** The 16-bit groups of an IPv6 address in RFC 5952's text. */
function groupsOf(text: string): number[] {
  const [head = '', tail] = text.split('::');
  const parse = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const [first, last] = [parse(head), parse(tail ?? '')];
  return [...first, ...new Array<number>(8 - first.length - last.length).fill(0), ...last];
}

/** Clears all bits behind the first `prefix` ones of numbers of `width` bits. */
const mask = (parts: readonly number[], width: number, prefix: number): number[] =>
  parts.map((part, index) => {
    const kept = Math.min(width, Math.max(0, prefix - index * width));
    return part & ~((1 << (width - kept)) - 1);
  });

/**
 * The network of an address, as the id that is counted and banned: `192.0.2.0/24`; the address itself when all of its
 * bits count. Undefined when the prefix is no number or longer than the address.
 */
export function networkId(address: Address, cidr: string): string | undefined {
  const bits = address.family === 4 ? 32 : 128;
  const prefix = /^\d{1,3}$/.test(cidr) ? Number(cidr) : Number.NaN;
  if (!(prefix <= bits)) return undefined;
  if (prefix === bits) return address.text;
  if (address.family === 4) return `${mask(address.text.split('.').map(Number), 8, prefix).join('.')}/${prefix}`;
  const groups = mask(groupsOf(address.text), 16, prefix);
  const text = groups.map((group) => group.toString(16)).join(':');
  return `${parseAddress(text)?.text ?? text}/${prefix}`;
}
