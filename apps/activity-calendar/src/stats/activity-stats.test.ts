import type { Activity } from '@sluice/pipeline';
import fc from 'fast-check';
import { ActivityStats } from './activity-stats.ts';

const source = { kind: 'git', id: 'git', label: 'sluice' };

const activity = (at: string, more: Partial<Activity> = {}): Activity => ({
  uid: `${at}@git`,
  source,
  startMs: Date.parse(at),
  title: 'a title',
  ...more,
});

const statsOf = (activities: readonly Activity[], options = {}): ActivityStats => {
  const stats = new ActivityStats(options);
  for (const one of activities) stats.add(one);
  return stats;
};

test('counts days and hours by the clock of the author', () => {
  const stats = statsOf([
    activity('2024-03-12T23:30:00Z', { tzMinutes: 60, author: { name: 'Ada' }, categories: ['sluice'] }),
    activity('2024-03-13T10:00:00Z', { author: { email: 'bob@example.org' }, categories: ['sluice', 'docs', 'docs'] }),
    activity('2024-03-12T02:00:00Z', { tzMinutes: -420 }),
  ]);
  const row = (...hours: readonly number[]): number[] =>
    Array.from({ length: 24 }, (_, hour) => (hours.includes(hour) ? 1 : 0));
  expect(JSON.parse(JSON.stringify(stats))).toEqual({
    total: 3,
    undated: 0,
    firstMs: Date.parse('2024-03-12T02:00:00Z'),
    lastMs: Date.parse('2024-03-13T10:00:00Z'),
    days: { '2024-03-11': 1, '2024-03-13': 2 },
    otherDays: 0,
    hourByWeekday: [row(19), row(), row(0, 10), row(), row(), row(), row()],
    byAuthor: { Ada: 1, 'bob@example.org': 1, '(unknown)': 1 },
    otherAuthors: 0,
    byCategory: { sluice: 2, docs: 1 },
    otherCategories: 0,
  });
});

test('counts by UTC when told to', () => {
  const stats = statsOf([activity('2024-03-12T23:30:00Z', { tzMinutes: 60 })], { utc: true });
  expect(stats.toJSON().days).toEqual({ '2024-03-12': 1 });
});

test('nothing at all has no first and no last', () => {
  expect(new ActivityStats().toJSON()).toMatchObject({ total: 0, firstMs: null, lastMs: null, days: {} });
});

test('what was removed counts nothing, and what has no date counts as undated alone', () => {
  const stats = statsOf([
    activity('2024-03-12T23:30:00Z', { removed: true }),
    activity('2024-03-12T23:30:00Z', { startMs: Number.NaN }),
  ]);
  expect(stats.toJSON()).toMatchObject({ total: 0, undated: 1, days: {}, byAuthor: {} });
});

test('names from attackers are names: __proto__, constructor, numbers', () => {
  const names = ['__proto__', 'constructor', '12', 'toString'];
  const { byAuthor, byCategory } = statsOf(
    names.map((name) => activity('2024-03-12T23:30:00Z', { author: { name }, categories: [name] })),
  ).toJSON();
  for (const counts of [byAuthor, byCategory]) {
    expect(Object.keys(counts).sort()).toEqual([...names].sort());
    expect(JSON.stringify(counts)).toContain('"__proto__":1');
  }
});

test('names and days beyond the limits are counted together', () => {
  const stats = statsOf(
    Array.from({ length: 10 }, (_, n) =>
      activity(`2024-03-1${n}T12:00:00Z`, { author: { name: `author ${n}` }, categories: [`category ${n}`] }),
    ),
    { maxNames: 3, maxDays: 4 },
  ).toJSON();
  expect(stats).toMatchObject({ total: 10, otherAuthors: 7, otherCategories: 7, otherDays: 6 });
  expect(Object.keys(stats.byAuthor)).toEqual(['author 0', 'author 1', 'author 2']);
  expect(Object.keys(stats.days)).toEqual(['2024-03-10', '2024-03-11', '2024-03-12', '2024-03-13']);
});

test('a name of a megabyte is kept short', () => {
  const { byAuthor } = statsOf([activity('2024-03-12T23:30:00Z', { author: { name: 'x'.repeat(1e6) } })]).toJSON();
  expect(Object.keys(byAuthor)).toEqual([`${'x'.repeat(199)}…`]);
});

test('its numbers add up, whatever is added', () => {
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  const any = fc.record({
    startMs: fc.oneof(fc.integer({ min: -1e14, max: 3e14 }), fc.constantFrom(Number.NaN, 1e18)),
    tzMinutes: fc.integer({ min: -2000, max: 2000 }),
    author: fc.record({ name: fc.string({ maxLength: 3 }) }),
  });
  fc.assert(
    fc.property(fc.array(any), (list) => {
      const stats = statsOf(
        list.map((one, n) => ({ uid: `${n}@x`, source, title: '', ...one })),
        { maxNames: 4, maxDays: 4 },
      ).toJSON();
      expect(stats.total + stats.undated).toBe(list.length);
      expect(sum(Object.values(stats.days)) + stats.otherDays).toBe(stats.total);
      expect(sum(stats.hourByWeekday.flat())).toBe(stats.total);
      expect(sum(Object.values(stats.byAuthor)) + stats.otherAuthors).toBe(stats.total);
    }),
  );
});
