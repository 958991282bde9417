import { stripVTControlCharacters } from 'node:util';
import { ActivityStats } from './activity-stats.ts';
import { heatmapText } from './heatmap-text.ts';
import { hoursText } from './hours-text.ts';

const statsOf = (...days: readonly (readonly [day: string, count: number])[]): ActivityStats => {
  const stats = new ActivityStats();
  for (const [day, count] of days)
    for (let n = 0; n < count; n += 1)
      stats.add({
        uid: `${day}-${n}@git`,
        source: { kind: 'git', id: 'git' },
        startMs: Date.parse(`${day}T09:30:00Z`),
        title: '',
      });
  return stats;
};

const yearOfDays = (year: number): ActivityStats =>
  statsOf(
    ...Array.from({ length: 365 }, (_, n): [string, number] => [
      new Date(Date.UTC(year, 0, 1 + n)).toISOString().slice(0, 10),
      1 + (n % 9),
    ]),
  );

test('a year has a column a week from Monday to Sunday, and blanks where it has no days', () => {
  const lines = heatmapText(statsOf(['2024-01-01', 1], ['2024-02-29', 2], ['2024-12-31', 9]), { year: 2024 }).split(
    '\n',
  );
  expect(lines).toEqual([
    '    Jan Feb Mar  Apr May Jun  Jul Aug Sep  Oct Nov Dec',
    `Mon ░${'·'.repeat(52)}`,
    `Tue ${'·'.repeat(52)}█`,
    `Wed ${'·'.repeat(52)}`,
    `Thu ${'·'.repeat(8)}▒${'·'.repeat(43)}`,
    `Fri ${'·'.repeat(52)}`,
    `Sat ${'·'.repeat(52)}`,
    `Sun ${'·'.repeat(52)}`,
    '',
    '12 activities on 3 days, 2024-01-01 to 2024-12-31',
    'less ·░▒▓█ more',
    '',
  ]);
});

test('a leap year that begins on a Sunday has 54 weeks', () => {
  const lines = heatmapText(statsOf(['2012-01-01', 1], ['2012-12-31', 1]), { year: 2012 }).split('\n');
  expect(lines[1]).toBe(`Mon  ${'·'.repeat(52)}░`);
  expect(lines[7]).toBe(`Sun ░${'·'.repeat(52)}`);
});

test('each month is named above the week that its first day is in', () => {
  const [header = ''] = heatmapText(yearOfDays(2023), { year: 2023, columns: 120 }).split('\n');
  expect(header.trim().split(/ +/)).toEqual('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' '));
  // 1 January 2023 was a Sunday, 1 May a Monday: the nineteenth week.
  expect(header.indexOf('Jan')).toBe(4);
  expect(header.indexOf('May')).toBe(4 + 18 * 2);
});

test('without a year it shows 53 weeks up to the last day', () => {
  const text = heatmapText(statsOf(['2023-03-01', 5], ['2024-03-13', 1]));
  expect(text).toContain('1 activity on 1 day, 2023-03-13 to 2024-03-13');
  expect(text.split('\n')[4]).toBe(`Thu ${'·'.repeat(52)}`);
});

test.each([20, 30, 40, 56, 57, 79, 80, 109, 110, 112, 200])('no line is wider than %i columns', (columns) => {
  const stats = yearOfDays(2023);
  for (const color of [false, true]) {
    for (const text of [heatmapText(stats, { columns, color, year: 2023 }), heatmapText(stats, { columns, color })]) {
      const widths = text.split('\n').map((line) => stripVTControlCharacters(line).length);
      expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
    }
  }
});

test('the oldest weeks are left out where there is no room, and are not counted', () => {
  const stats = statsOf(['2024-01-01', 4], ['2024-12-30', 2]);
  const text = heatmapText(stats, { columns: 24, year: 2024 });
  expect(text).toContain('2 activities on 1');
  expect(text).toContain('2024-08-19');
  expect(text.split('\n')[1]).toBe(`Mon ${'·'.repeat(19)}░`);
});

test('colours take the place of shades', () => {
  const text = heatmapText(statsOf(['2024-01-01', 1]), { color: true, columns: 120 });
  expect(text).toContain('\u001b[48;2;14;68;41m  \u001b[0m');
  expect(text).not.toMatch(/[░▒▓█]/);
  expect(heatmapText(statsOf(['2024-01-01', 1]))).not.toContain('\u001b');
});

test('nothing to show is said in words', () => {
  expect(heatmapText(new ActivityStats())).toBe('No activities.\n');
});

test('hours have a row a weekday with its sum', () => {
  const lines = hoursText(statsOf(['2024-01-01', 1], ['2024-01-08', 1], ['2024-01-07', 9]), { columns: 40 }).split(
    '\n',
  );
  const row = (name: string, cell: string, sum: string): string =>
    `${name} ${'·'.repeat(9)}${cell}${'·'.repeat(14)}${sum.padStart(9)}`;
  expect(lines[0]).toBe('    0  3  6  9  12 15 18 21');
  expect(lines[1]).toBe(row('Mon', '░', '2'));
  expect(lines[2]).toBe(row('Tue', '·', '0'));
  expect(lines[7]).toBe(row('Sun', '█', '9'));
  expect(hoursText(statsOf(['2024-01-01', 1]), { columns: 80 })).toContain('0     3     6     9     12');
});
