import { type Address, type Network, parseAddress } from '@sluice/pipeline';

/** The canonical text of a network: its first address and the length of its prefix; only the address where it is one. */
export function networkText({ address, prefix }: Network): string {
  const [width, count, radix, separator] =
    address.family === 4 ? ([8, 4, 10, '.'] as const) : ([16, 8, 16, ':'] as const);
  if (prefix === width * count) return address.text;
  const masked = partsOf(address).map((part, n) => {
    const kept = Math.min(Math.max(prefix - n * width, 0), width);
    return (part & (((1 << kept) - 1) << (width - kept))).toString(radix);
  });
  return `${parseAddress(masked.join(separator))?.text}/${prefix}`;
}

function partsOf({ text, family }: Address): number[] {
  if (family === 4) return text.split('.').map(Number);
  const [head = '', tail] = text.split('::') as [string, string?];
  const groups = (side: string): number[] =>
    side === '' ? [] : side.split(':').map((group) => Number.parseInt(group, 16));
  if (tail === undefined) return groups(head);
  const [before, after] = [groups(head), groups(tail)];
  return [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
}
