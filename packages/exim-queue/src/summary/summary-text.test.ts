import type { SummaryRow } from './summary-row.ts';
import { summaryText } from './summary-text.ts';

const minute = 60_000;
const row = (key: string, count: number, bytes: number, oldestMs = 0, newestMs = 0): SummaryRow => ({
  key,
  count,
  sizeBytes: bytes,
  shownBytes: bytes,
  oldestMs,
  newestMs,
  frozen: 0,
});

test('a queue that is empty has a table without lines', () => {
  expect(summaryText([])).toBe(`
Count  Volume  Oldest  Newest  Domain
-----  ------  ------  ------  ------

---------------------------------------------------------------
    0       0      0m   0000d  TOTAL

`);
});

test('lines are sorted by key, volumes rounded, ages as in the listing, and added up', () => {
  const rows = [
    row('b.test', 12, 9999, 200 * minute, 5 * minute),
    row('a.test', 3, 10_000, 5 * 1440 * minute, 0),
    row('c.test', 123_456, 10_240_000_000, 120 * 1440 * minute, 91 * minute),
  ];
  expect(summaryText(rows)).toBe(`
Count  Volume  Oldest  Newest  Domain
-----  ------  ------  ------  ------

    3    10KB      5d      0m  a.test
   12    9999      3h      5m  b.test
123456  9766MB    120d      2h  c.test
---------------------------------------------------------------
123471  9766MB    120d      0m  TOTAL

`);
});

test('rows can be shown as they come', () => {
  const text = summaryText([row('b.test', 2, 1), row('a.test', 1, 1)], 'given');
  expect(text.indexOf('b.test')).toBeLessThan(text.indexOf('a.test'));
});

test('a key cannot change the table: control characters are shown as ?, long keys are cut', () => {
  const [, , , , shown = ''] = summaryText([row(`evil\n\u001b[2J${'x'.repeat(200)}`, 1, 1)]).split('\n');
  expect(shown).toBe(`    1       1      0m      0m  evil??[2J${'x'.repeat(71)}`);
});
