import fc from 'fast-check';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { askPython, python } from '../../../../tools/testing/python.ts';
import { parseDate } from './parse-date.ts';

const read = (text: string): string => {
  const date = parseDate(text);
  if (date === undefined) return 'none';
  return `${new Date(date.timeMs).toISOString().slice(0, -'.000Z'.length)} ${date.tzMinutes ?? '?'}`;
};

test.each([
  ['Thu, 02 Jan 2020 03:04:05 +0100', '2020-01-02T02:04:05 60'],
  ['2 Jan 2020 03:04:05 -0500', '2020-01-02T08:04:05 -300'],
  ['Thu, 2 Jan 2020 03:04 +0000', '2020-01-02T03:04:00 0'],
  ['thu,02 JAN 2020 03:04:05 +0530 (IST (really))', '2020-01-01T21:34:05 330'],
  ['Thu, 02 (a) Jan (b\\)c) 2020 03:04:05 GMT', '2020-01-02T03:04:05 0'],
  ['\tThu,\r\n 02 Jan  2020 03:04:05  EST', '2020-01-02T08:04:05 -300'],
  ['Thu, 02 Jan 20 03:04:05 PDT', '2020-01-02T10:04:05 -420'],
  ['02 Jan 49 00:00:00 UT', '2049-01-01T24:00:00 0'.replace('01-01T24', '01-02T00')],
  ['02 Jan 98 00:00:00 Z', '1998-01-02T00:00:00 0'],
  ['02 Jan 120 00:00:00 +0000', '2020-01-02T00:00:00 0'],
  ['Thu, 02 Jan 2020 03:04:05 -0000', '2020-01-02T03:04:05 ?'],
  ['Thu, 02 Jan 2020 03:04:05', '2020-01-02T03:04:05 ?'],
  ['Thu, 02 Jan 2020 03:04:05 XYZ', '2020-01-02T03:04:05 ?'],
  ['Thu, 02 Jan 2020 03:04:05 A', '2020-01-02T03:04:05 ?'],
  ['Thu, 02 Jan 2020 03:04:05 +9900', '2020-01-02T03:04:05 ?'],
  ['Thu, 02 Jan 2020 03:04:05 +01:00', '2020-01-02T02:04:05 60'],
  ['Thu, 02 Jan 2020 03:04:05 CEST', '2020-01-02T01:04:05 120'],
  ['Thu, 02 January 2020 03:04:05 +0100', '2020-01-02T02:04:05 60'],
  ['02-Jan-2020 03:04:05 +0100', '2020-01-02T02:04:05 60'],
  ['Thu Jan  2 03:04:05 2020', '2020-01-02T03:04:05 ?'],
  ['Thu Jan  2 03:04:05 CET 2020', '2020-01-02T02:04:05 60'],
  ['Thu Jan  2 03:04:05 2020 +0100', '2020-01-02T02:04:05 60'],
  ['Jan 2, 2020 3:04:05 PM -0500', '2020-01-02T20:04:05 -300'],
  ['Thursday, January 2, 2020 12:04 AM', '2020-01-02T00:04:00 ?'],
  ['Thu Jan 02 2020 03:04:05 GMT+0100 (CET)', '2020-01-02T02:04:05 60'],
  ['2020-01-02T03:04:05+01:00', '2020-01-02T02:04:05 60'],
  ['2020-01-02 03:04:05.678 Z', '2020-01-02T03:04:05 0'],
  ['Sat, 31 Dec 2016 23:59:60 +0000', '2017-01-01T00:00:00 0'],
  ['Sat, 29 Feb 2020 00:00:00 +0000', '2020-02-29T00:00:00 0'],
  ['Fri, 31 Dec 9999 23:59:59 +0000', '9999-12-31T23:59:59 0'],
])('%j', (text, date) => {
  expect(read(text)).toBe(date);
});

test.each([
  '',
  '0',
  'garbage',
  'Thu, 32 Foo 2010 99:99:99',
  'Thu, 32 Jan 2020 03:04:05 +0000',
  'Sat, 29 Feb 2021 00:00:00 +0000',
  'Sat, 31 Apr 2021 00:00:00 +0000',
  'Thu, 00 Jan 2020 03:04:05 +0000',
  'Thu, 02 Foo 2020 03:04:05 +0000',
  'Thu, 02 Jan 2020 24:00:00 +0000',
  'Thu, 02 Jan 2020 03:60:05 +0000',
  'Thu, 02 Jan 2020 03:04:61 +0000',
  'Thu, 02 Jan 2020',
  '13:00:00 PM',
  'Jan 2, 2020 13:04:05 PM',
  '2020-13-02T03:04:05Z',
  'Thu, 01 Jan 1970 00:00:00 +0000',
  'Wed, 31 Dec 1969 23:59:59 +0000',
  'Thu, 01 Jan 1970 00:30:00 +0100',
  'Fri, 31 Dec 9999 23:59:59 -0100',
  'Thu, 02 Jan 20200 03:04:05 +0000',
  '(Thu, 02 Jan 2020 03:04:05 +0000',
  '99X, 02 Jan 2020 03:04:05 +0100',
  'Thu, 02 011 2020 03:04:05 +0100',
  'Thu, 02 anf 2020 03:04:05 +0100',
  'Thu, 02 Jan 2020 03:0a:05 +0100',
  'Thu, 02 Jan 2020 24:04:05 +0100',
])('%j is no date', (text) => {
  expect(read(text)).toBe('none');
});

test('whatever the text, there is a date within bounds or none', () => {
  const piece = fc.constantFrom(
    'Thu',
    ', ',
    ' ',
    '2',
    '31',
    'Jan',
    '2020',
    '9999',
    ':',
    '23:59',
    '(',
    ')',
    '\\',
    '+0100',
    '-',
    'PM',
    'T',
    'ü',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const date = parseDate(pieces.join(''));
      if (date === undefined) return;
      expect(date.timeMs).toBeGreaterThan(0);
      expect(date.timeMs).toBeLessThan(Date.UTC(10_000, 0));
    }),
  );
});

test.each(['(', ' ', '1', 'a', 'Thu, 02 Jan 2020 ', '((', '\\('])('a megabyte of %j is no trouble', (piece) => {
  expect(read(piece.repeat(1_000_000))).toBe('none');
});

describeWith([python], 'against Python', () => {
  const pad = (number: number): string => String(number).padStart(2, '0');
  const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
  const weekdays = 'Sun Mon Tue Wed Thu Fri Sat'.split(' ');
  const instant = fc.integer({ min: Date.UTC(1971, 0) / 1000, max: Date.UTC(2068, 0) / 1000 });
  const zone = fc.oneof(
    fc
      .tuple(fc.constantFrom('+', '-'), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 59 }))
      .map(([sign, hours, minutes]) => `${sign}${pad(hours)}${pad(minutes)}`),
    fc.constantFrom('GMT', 'UT', 'UTC', 'Z', 'EST', 'EDT', 'CST', 'CDT', 'MST', 'MDT', 'PST', 'PDT', '-0000', '+0000'),
  );
  const form = fc.constantFrom(
    (d: Parts) => `${d.weekday}, ${pad(d.day)} ${d.month} ${d.year} ${d.time} ${d.zone}`,
    (d: Parts) => `${d.day} ${d.month} ${d.year} ${d.time} ${d.zone}`,
    (d: Parts) => `${d.weekday}, ${d.day} ${d.month} ${d.year} ${d.time.slice(0, 5)} ${d.zone}`,
    (d: Parts) => `${d.weekday}, ${pad(d.day)} ${d.month} ${d.year} ${d.time} ${d.zone} (some zone)`,
    (d: Parts) => `${d.weekday.toUpperCase()}, ${d.day}-${d.month}-${d.year} ${d.time} ${d.zone}`,
    (d: Parts) => `${d.weekday}, ${d.day}  ${d.month.toLowerCase()}\t${d.year}  ${d.time}  ${d.zone}`,
    (d: Parts) => `${d.weekday} ${d.month} ${String(d.day).padStart(2)} ${d.time} ${d.year}`,
  );
  interface Parts {
    weekday: string;
    day: number;
    month: string;
    year: number;
    time: string;
    zone: string;
  }

  test('thousands of dates in seven forms are the same instants, with the same zones', () => {
    const dates = fc.sample(
      fc.tuple(instant, zone, form).map(([seconds, zoneText, write]) => {
        const date = new Date(seconds * 1000);
        const time = date.toISOString().slice('yyyy-mm-ddT'.length, -'.000Z'.length);
        const [weekday = '', month = ''] = [weekdays[date.getUTCDay()], months[date.getUTCMonth()]];
        return write({ weekday, day: date.getUTCDate(), month, year: date.getUTCFullYear(), time, zone: zoneText });
      }),
      { numRuns: 5000, seed: 5 },
    );
    const theirs = askPython<[number, number | null][]>(
      `
from email._parseaddr import _parsedate_tz
from email.utils import mktime_tz
import calendar
def read(value):
    parts = _parsedate_tz(value)
    offset = parts[9]
    return [calendar.timegm((*parts[:6], 0, 1, -1)) - (offset or 0), None if offset is None else offset // 60]
json.dump([read(value) for value in json.load(sys.stdin)], sys.stdout)
`,
      dates,
    );
    const ours = dates.map((text) => {
      const date = parseDate(text);
      return [(date?.timeMs ?? Number.NaN) / 1000, date?.tzMinutes ?? null];
    });
    expect(ours).toEqual(theirs);
  });
});
