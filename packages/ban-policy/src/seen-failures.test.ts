import { SeenFailures } from './seen-failures.ts';

const failure = (offset: number, id = '203.0.113.1', sourceId = 'log') => ({ sourceId, offset, id });

describe('SeenFailures', () => {
  test('knows a line that comes again, and nothing else', () => {
    const seen = new SeenFailures(10);
    expect(seen.add(failure(7))).toBe(true);
    expect(seen.add(failure(7))).toBe(false);
    expect(seen.add(failure(8))).toBe(true);
    expect(seen.add(failure(7, '203.0.113.1', 'other log'))).toBe(true);
  });

  test('tells the ids of one line apart', () => {
    const seen = new SeenFailures(10);
    const ids = ['203.0.113.1', '203.0.113.2', '203.0.113.3'];
    expect(ids.map((id) => seen.add(failure(7, id)))).toEqual([true, true, true]);
    expect(ids.map((id) => seen.add(failure(7, id)))).toEqual([false, false, false]);
  });

  test('forgets the oldest beyond its bound, and keeps at least half of it', () => {
    const seen = new SeenFailures(8);
    for (let offset = 0; offset < 100; offset++) expect(seen.add(failure(offset))).toBe(true);
    for (let offset = 96; offset < 100; offset++) expect(seen.add(failure(offset))).toBe(false);
    expect(seen.add(failure(91))).toBe(true);
  });

  test('with a bound of 0 takes every line as new', () => {
    const seen = new SeenFailures(0);
    expect([seen.add(failure(1)), seen.add(failure(1))]).toEqual([true, true]);
  });
});
