import { bpAge } from '../render/bp-age.ts';
import type { SummaryRow } from './summary-row.ts';

const head = '\nCount  Volume  Oldest  Newest  Domain\n-----  ------  ------  ------  ------\n\n';
const line = '---------------------------------------------------------------\n';
const maxKeyChars = 80;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const control = /[\u0000-\u001f\u007f-\u009f]/g;

/** Bytes in six columns: up to 10,000 as they are, then in KB, from 10,000,000 in MB, rounded. */
function volume(bytes: number): string {
  if (bytes < 10_000) return String(Math.floor(bytes)).padStart(6);
  const [unit, name] = bytes < 10_000_000 ? [1024, 'KB'] : [1024 * 1024, 'MB'];
  return `${String(Math.floor((bytes + unit / 2) / unit)).padStart(4)}${name}`.slice(0, 6);
}

const textLine = (count: number, bytes: number, oldest: string, newest: string, key: string): string =>
  `${String(count).padStart(5)}  ${volume(bytes)}  ${oldest.padStart(6)}  ${newest.padStart(6)}  ${key}\n`;

const age = (ageMs: number): string => bpAge(0, ageMs);

/**
 * A summary as exiqsumm prints it: a line for each key with count, volume and the ages of its oldest and newest message, by
 * key, and the total. Control characters in keys are shown as `?`.
 *
 * @param order `key`, as exiqsumm without options, or `given`: as the rows come. Default `key`
 */
export function summaryText(rows: readonly SummaryRow[], order: 'key' | 'given' = 'key'): string {
  const lines = order === 'given' ? rows : rows.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const text = lines.map(({ key, count, shownBytes, oldestMs, newestMs }) =>
    textLine(count, shownBytes, age(oldestMs), age(newestMs), key.replace(control, '?').slice(0, maxKeyChars)),
  );
  const sum = (number: (row: SummaryRow) => number): number => lines.reduce((total, row) => total + number(row), 0);
  const oldest = lines.reduce((ageMs, row) => Math.max(ageMs, row.oldestMs), 0);
  const newest = lines.reduce((ageMs, row) => Math.min(ageMs, row.newestMs), Number.POSITIVE_INFINITY);
  const total = textLine(
    sum(({ count }) => count),
    sum(({ shownBytes }) => shownBytes),
    age(oldest),
    lines.length === 0 ? '0000d' : age(newest),
    'TOTAL',
  );
  return `${head}${text.join('')}${line}${total}\n`;
}
