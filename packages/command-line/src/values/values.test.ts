import { readChoice } from './read-choice.ts';
import { readCount } from './read-count.ts';
import { readDate } from './read-date.ts';
import { readDuration } from './read-duration.ts';
import { readSize } from './read-size.ts';
import { ValueFault } from './value-fault.ts';

const now = Date.parse('2024-03-31T12:00:00Z');
const local = (...at: [number, number, number?, number?, number?]) => new Date(...at).getTime();

describe('a date', () => {
  test.each<[string, number, number]>([
    ['2024', local(2024, 0), local(2025, 0)],
    ['2024-02', local(2024, 1), local(2024, 2)],
    ['2024-12-31', local(2024, 11, 31), local(2025, 0, 1)],
    ['2024-02-29', local(2024, 1, 29), local(2024, 2, 1)],
  ])('%s stands for all of it, in the zone of this machine', (text, fromMs, untilMs) => {
    expect(readDate(text)).toEqual({ fromMs, untilMs });
  });

  test.each<[string, number]>([
    ['2024-03-12T10:00Z', Date.UTC(2024, 2, 12, 10)],
    ['2024-03-12 10:00:30+0130', Date.UTC(2024, 2, 12, 8, 30, 30)],
    ['2024-03-12T10:00', local(2024, 2, 12, 10, 0)],
    ['7d', now - 7 * 86_400_000],
    ['2w', now - 14 * 86_400_000],
  ])('%s is an instant', (text, timeMs) => {
    expect(readDate(text, now)).toEqual({ fromMs: timeMs, untilMs: timeMs });
  });

  test('years and months ago are those of the calendar', () => {
    expect(readDate('1y', now).fromMs).toBe(new Date(now).setFullYear(2023));
    expect(readDate('3m', now).fromMs).toBe(new Date('2023-12-31T12:00:00Z').getTime());
  });

  test.each([
    '',
    '24',
    '2024-13',
    '2023-02-29',
    '2024-02-30',
    '2024-3-1',
    '2024-06-31T10:00',
    'yesterday',
    '5x',
    '0999',
  ])('"%s" is refused, with what is expected', (text) => {
    expect(() => readDate(text)).toThrow(
      new ValueFault('a date like 2024, 2024-03-12, 2024-03-12T10:00 or, for so long ago, 90d, 12w, 6m, 1y', text),
    );
  });
});

test.each<[string, number]>([
  ['5m', 300_000],
  ['90s', 90_000],
  ['1h30m', 5_400_000],
  ['2d', 172_800_000],
  ['1w', 604_800_000],
  ['0', 0],
])('the length of time %s is %d ms', (text, ms) => {
  expect(readDuration(text)).toBe(ms);
});

test.each<[string, number]>([
  ['900k', 900_000],
  ['1.5M', 1_500_000],
  ['65536', 65_536],
  ['1GB', 1_000_000_000],
])('the size %s is %d bytes', (text, bytes) => {
  expect(readSize(1)(text)).toBe(bytes);
});

test.each<[string, (text: string) => unknown, string[]]>([
  ['a length of time', readDuration, ['5', '', '-5m', '5 m', '1.5h', 'm', '5M']],
  ['a size', readSize(4096), ['0', '', 'k', '-1', '1T', '4k']],
  ['a count', readCount(1), ['0', '', '1.5', '1e3', '-1', '99999999999999999999']],
  ['a port', readCount(0, 65_535), ['65536', '-1', 'http']],
  ['a choice', readChoice('year', 'month'), ['', 'Year', 'constructor']],
])('%s is refused when it is none', (_, read, texts) => {
  for (const text of texts) expect(() => read(text)).toThrow(ValueFault);
});

test('a fault tells what is expected and what was given', () => {
  expect(() => readDuration('5')).toThrow('must be a length of time like 5m, 90s or 1h30m, not "5"');
  expect(() => readCount(1, 9)('x')).toThrow('must be a whole number from 1 to 9, not "x"');
});

test('what is right is taken as it is', () => {
  expect(readChoice('year', 'month')('month')).toBe('month');
  expect(readCount(0, 65_535)('0')).toBe(0);
});
