import { entry } from '../testing/entry.ts';
import { SummaryTable } from './summary-table.ts';

const nowMs = 1_800_000_000_500;

test('counts, sizes and ages come together under a key, the largest count first', () => {
  const table = new SummaryTable(10, nowMs);
  const old = { receivedMs: nowMs - 500 - 60_000, sizeBytes: 2100 };
  table.add(entry({ ...old, state: 'frozen', frozenSinceMs: nowMs }), ['b', 'b', 'a']);
  table.add(entry({ receivedMs: nowMs - 500, sizeBytes: 100 }), ['b']);
  expect(table.rows()).toEqual([
    { key: 'b', count: 3, sizeBytes: 4300, shownBytes: 4400.8, oldestMs: 60_000, newestMs: 0, frozen: 2 },
    { key: 'a', count: 1, sizeBytes: 2100, shownBytes: 2150.4, oldestMs: 60_000, newestMs: 60_000, frozen: 1 },
  ]);
});

test('keys that have no room are counted together, and nothing is lost', () => {
  const table = new SummaryTable(2, nowMs);
  for (const key of ['a', 'b', 'c', 'd', 'a', 'd']) table.add(entry({ receivedMs: nowMs }), [key]);
  expect(table.isFull).toBe(true);
  expect(table.rows().map(({ key, count }) => [key, count])).toEqual([
    ['…', 3],
    ['a', 2],
    ['b', 1],
  ]);
});

test('a key that is longer than any address is remembered by its beginning', () => {
  const table = new SummaryTable(2, nowMs);
  table.add(entry({ receivedMs: nowMs }), ['x'.repeat(100_000)]);
  expect(table.rows()[0]?.key).toBe(`${'x'.repeat(500)}…`);
});
