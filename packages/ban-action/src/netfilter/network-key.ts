import { type Address, parseAddress } from '@sluice/pipeline';

/** The sixteen-bit words of an IPv6 address in canonical text. */
function words(text: string): number[] {
  const [head = '', tail] = text.split('::');
  const read = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((word) => Number.parseInt(word, 16));
  const first = read(head);
  if (tail === undefined) return first;
  const last = read(tail);
  return [...first, ...new Array<number>(8 - first.length - last.length).fill(0), ...last];
}

/** Clears all but the first `prefix` bits of a number made of digits of `bits` bits each. */
const mask = (digits: readonly number[], bits: number, prefix: number): number[] =>
  digits.map((digit, n) => {
    const kept = Math.min(bits, Math.max(0, prefix - n * bits));
    return digit & ~((1 << (bits - kept)) - 1);
  });

/** The address with its host bits cleared, as the sets hold it. */
export function networkKey({ text, family }: Address, prefix: number): string {
  if (prefix === (family === 4 ? 32 : 128)) return text;
  if (family === 4) return mask(text.split('.').map(Number), 8, prefix).join('.');
  const masked = mask(words(text), 16, prefix).map((word) => word.toString(16));
  return (parseAddress(masked.join(':')) as Address).text;
}

/** The mask of a prefix length, as an address of the family. */
export function prefixMask(family: 4 | 6, prefix: number): string {
  const text = family === 4 ? '255.255.255.255' : 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff';
  return networkKey({ text, family }, prefix);
}
