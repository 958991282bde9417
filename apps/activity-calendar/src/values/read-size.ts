import { ValueFault } from './value-fault.ts';

const factors: Readonly<Record<string, number>> = { '': 1, k: 1000, K: 1000, M: 1_000_000, G: 1_000_000_000 };

/** Bytes of `900k`, `1.5M` or `65536`; `k` is 1,000, as the limits of calendar services are told. */
export function readSize(text: string): number {
  const [, count, unit] = /^(\d{1,12}(?:\.\d{1,3})?)([kKMG]?)B?$/.exec(text) ?? [];
  const bytes = Math.floor(Number(count) * (factors[unit ?? ''] ?? 1));
  if (!(bytes > 0)) throw new ValueFault('a size like 900k or 1.5M', text);
  return bytes;
}
