import type { SummaryRow } from '@sluice/exim-queue/batches';

/** Numbers of the messages of one sender domain. */
export interface DomainRow {
  readonly domain: string;
  readonly count: number;
  readonly frozen: number;
  readonly sizeBytes: number;
}

const rest = 'other';
/** Longest domain that DNS knows; a longer one is somebody's joke, and labels cost memory for ever. */
const maxDomainChars = 255;

/** Bounces have no sender, and Prometheus takes an empty label for none. */
const labelOf = (key: string): string => (key === '' ? '<>' : key.toLowerCase().slice(0, maxDomainChars));

/**
 * The `top` most frequent domains, and the rest as `other`. Each label comes once, whatever senders call their domains:
 * with a label twice Prometheus refuses all of it.
 */
export function domainRows(rows: readonly SummaryRow[], top: number): readonly DomainRow[] {
  const byDomain = new Map<string, DomainRow>();
  for (const [at, { key, count, frozen, sizeBytes }] of rows.entries()) {
    const domain = at < top ? labelOf(key) : rest;
    const before = byDomain.get(domain) ?? { count: 0, frozen: 0, sizeBytes: 0 };
    byDomain.set(domain, {
      domain,
      count: before.count + count,
      frozen: before.frozen + frozen,
      sizeBytes: before.sizeBytes + sizeBytes,
    });
  }
  return [...byDomain.values()];
}
