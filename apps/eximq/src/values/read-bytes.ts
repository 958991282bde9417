import { ValueFault } from '@sluice/command-line';

const factors: Readonly<Record<string, number>> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

/** Bytes of `900`, `20K` or `1.5M`; K is 1024, as in the sizes that Exim prints. */
export function readBytes(text: string): number {
  const [, count, unit] = /^(\d{1,12}(?:\.\d{1,3})?)([KMG]?)$/i.exec(text) ?? [];
  const factor = factors[(unit ?? '?').toUpperCase()];
  if (factor === undefined) throw new ValueFault('a size like 900, 20K or 1.5M', text);
  return Math.floor(Number(count) * factor);
}
