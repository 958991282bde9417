import { printable } from '@sluice/command-line';
import { type SummaryRow, summaryText } from '@sluice/exim-queue/batches';

const heading = /Domain\n(.*)-{6}\n/;

/** The table of exiqsumm, with the title of what is counted by over its last column. */
export function summaryTable(rows: readonly SummaryRow[], title: string): string {
  const text = summaryText(
    rows.map((row) => ({ ...row, key: printable(row.key) })),
    'given',
  );
  return text.replace(heading, (_, rule: string) => `${title}\n${rule}${'-'.repeat(title.length)}\n`);
}
