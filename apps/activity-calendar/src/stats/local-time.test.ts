import fc from 'fast-check';
import { dayKey, firstDayOfYear, localTime, parseDay, weekdayOf, zoneOf } from './local-time.ts';

const at = (text: string): number => Date.parse(text);

describe('localTime', () => {
  test.each([
    ['2024-03-12T23:30:00Z', 0, '2024-03-12', 23],
    ['2024-03-12T23:30:00Z', 60, '2024-03-13', 0],
    ['2024-03-12T00:10:00Z', -30, '2024-03-11', 23],
    ['2023-12-31T22:00:00Z', 345, '2024-01-01', 3],
    ['2024-02-28T12:00:00Z', 14 * 60, '2024-02-29', 2],
    ['2023-02-28T12:00:00Z', 14 * 60, '2023-03-01', 2],
    ['1969-12-31T23:59:59.999Z', 0, '1969-12-31', 23],
    ['1970-01-01T00:00:00Z', -1, '1969-12-31', 23],
  ])('%s at %i minutes east is %s, hour %i', (instant, zone, day, hour) => {
    const time = localTime(at(instant), zone);
    expect(time).toBeDefined();
    expect(dayKey(time?.day ?? 0)).toBe(day);
    expect(time?.hour).toBe(hour);
  });

  test('has 24 hours on the days on which Europe changes its clocks, since offsets are fixed', () => {
    for (const day of ['2024-03-31', '2024-10-27']) {
      const hours = Array.from({ length: 24 }, (_, n) => localTime(at(`${day}T00:00:00+01:00`) + n * 3_600_000, 60));
      expect(hours.map((time) => time?.hour)).toEqual(Array.from({ length: 24 }, (_, n) => n));
      expect(new Set(hours.map((time) => dayKey(time?.day ?? 0)))).toEqual(new Set([day]));
    }
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 8.64e15, -8.64e15, at('9999-12-31T23:59:59Z') + 1000])(
    'knows no day for %d',
    (atMs) => {
      expect(localTime(atMs, 0)).toBeUndefined();
    },
  );

  test('reads what Date says of the shifted instant, for any instant and zone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at('0001-01-01T00:00:00Z'), max: at('9998-12-31T00:00:00Z') }),
        fc.integer({ min: -1440, max: 1440 }),
        (atMs, zone) => {
          const date = new Date(atMs + zone * 60_000);
          const time = localTime(atMs, zone);
          expect(dayKey(time?.day ?? 0)).toBe(date.toISOString().slice(0, 10));
          expect(time?.hour).toBe(date.getUTCHours());
          expect(weekdayOf(time?.day ?? 0)).toBe((date.getUTCDay() + 6) % 7);
        },
      ),
    );
  });
});

test('weeks begin on Monday', () => {
  expect(weekdayOf(parseDay('2024-01-01') ?? 0)).toBe(0);
  expect(weekdayOf(parseDay('2023-12-31') ?? 0)).toBe(6);
});

test.each(['2023-02-29', '2024-02-30', '2024-13-01', '24-01-01', '2024-1-1', '2024-01-01T00:00', '', '__proto__'])(
  '%p is no day',
  (key) => {
    expect(parseDay(key)).toBeUndefined();
  },
);

test('29 February is a day in leap years alone: 2000 and 2024, not 1900', () => {
  expect([parseDay('2000-02-29'), parseDay('2024-02-29')].map((day) => dayKey(day ?? 0))).toEqual([
    '2000-02-29',
    '2024-02-29',
  ]);
  expect(parseDay('1900-02-29')).toBeUndefined();
  expect(firstDayOfYear(2025) - firstDayOfYear(2024)).toBe(366);
  expect(firstDayOfYear(1901) - firstDayOfYear(1900)).toBe(365);
});

test('a zone that is missing, broken or of no place on earth is taken for UTC', () => {
  expect([zoneOf({}), zoneOf({ tzMinutes: 999_999 }), zoneOf({ tzMinutes: Number.NaN })]).toEqual([0, 0, 0]);
  expect(zoneOf({ tzMinutes: -210 })).toBe(-210);
});
