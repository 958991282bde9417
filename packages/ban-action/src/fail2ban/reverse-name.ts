import type { Address } from '@sluice/pipeline';

/** The eight groups of an IPv6 address in RFC 5952's form, four digits each. */
function groupsOf(text: string): readonly string[] {
  const [head = '', tail] = text.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : new Array<string>(8 - before.length - after.length).fill('0');
  return [...before, ...zeros, ...after].map((group) => group.padStart(4, '0'));
}

/**
 * The address as the first labels of a reverse name, with the dot that a zone follows: `1.2.0.192.`, or 32 digits for
 * IPv6 (RFC 1035, 3.5; RFC 3596, 2.5).
 */
export function reverseName({ text, family }: Address): string {
  const labels = family === 4 ? text.split('.') : groupsOf(text).flatMap((group) => [...group]);
  return `${labels.reverse().join('.')}.`;
}
