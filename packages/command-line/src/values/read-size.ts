import { ValueFault } from './value-fault.ts';

const factors: Readonly<Record<string, number>> = { '': 1, k: 1000, K: 1000, M: 1_000_000, G: 1_000_000_000 };

/** A reader of sizes: `900k`, `1.5M` or `65536` bytes. `k` is 1,000, as the limits of calendar services are told. */
export const readSize =
  (minBytes: number): ((text: string) => number) =>
  (text) => {
    const [, count, unit] = /^(\d{1,12}(?:\.\d{1,3})?)([kKMG]?)B?$/.exec(text) ?? [];
    const bytes = Math.floor(Number(count) * (factors[unit ?? ''] ?? 1));
    if (!(bytes >= minBytes)) throw new ValueFault(`a size like 900k or 1.5M, of at least ${minBytes} bytes`, text);
    return bytes;
  };
