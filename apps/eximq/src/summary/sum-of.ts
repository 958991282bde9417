import type { SummaryRow } from '@sluice/exim-queue/batches';

/** Several rows as one, so that the total under the most frequent ones is that of all. */
export function sumOf(rows: readonly SummaryRow[]): SummaryRow {
  const sum = (number: (row: SummaryRow) => number): number => rows.reduce((total, row) => total + number(row), 0);
  return {
    key: `(${rows.length} more)`,
    count: sum(({ count }) => count),
    sizeBytes: sum(({ sizeBytes }) => sizeBytes),
    shownBytes: sum(({ shownBytes }) => shownBytes),
    oldestMs: rows.reduce((ageMs, row) => Math.max(ageMs, row.oldestMs), 0),
    newestMs: rows.reduce((ageMs, row) => Math.min(ageMs, row.newestMs), Number.POSITIVE_INFINITY),
    frozen: sum(({ frozen }) => frozen),
  };
}
