import type { DateFields } from './date-fields.ts';
import { resolveDate } from './resolve-date.ts';
import { parseTimeZone } from './time-zone.ts';

const zone = parseTimeZone('Europe/Paris', 'timeZone', 'iana');
/** 2005-08-14 12:00 in Paris. */
const nowMs = Date.UTC(2005, 7, 14, 10);
const midnight = { hour: 0, minute: 0, second: 0 };
const resolve = (fields: Partial<DateFields>, now: number = nowMs): string | undefined => {
  const time = resolveDate({ ...midnight, ...fields }, zone, now);
  return time === undefined ? undefined : new Date(time).toISOString().replace('.000Z', 'Z');
};

describe('resolveDate', () => {
  test.each<[string, Partial<DateFields>, string]>([
    ['a whole date in the zone', { year: 2005, month: 1, day: 2, hour: 3 }, '2005-01-02T02:00:00Z'],
    ['a zone of its own', { year: 2005, month: 1, day: 2, hour: 3, zone: '-0500' }, '2005-01-02T08:00:00Z'],
    ['a zone by name', { year: 2005, month: 8, day: 2, hour: 3, zone: 'PDT' }, '2005-08-02T10:00:00Z'],
    ['no year: this one', { month: 8, day: 14, hour: 11 }, '2005-08-14T09:00:00Z'],
    ['no year, up to a day ahead: this one', { month: 8, day: 15, hour: 12 }, '2005-08-15T10:00:00Z'],
    ['no year, further ahead: the last one', { month: 8, day: 15, hour: 12, second: 1 }, '2004-08-15T10:00:01Z'],
    ['29 February without a year: the last year that had one', { month: 2, day: 29 }, '2004-02-28T23:00:00Z'],
    ['no day: today', { hour: 12 }, '2005-08-14T10:00:00Z'],
    ['no day, ahead: yesterday', { hour: 12, second: 1 }, '2005-08-13T10:00:01Z'],
    ['no day in a zone where it is another: the one there', { hour: 23, zone: '-1100' }, '2005-08-14T10:00:00Z'],
    ['a day of the year', { year: 2005, yearDay: 60 }, '2005-02-28T23:00:00Z'],
    ['a week from Monday', { year: 2005, week: { number: 1, begins: 'monday' }, weekday: 0 }, '2005-01-02T23:00:00Z'],
    ['a week from Sunday', { year: 2005, week: { number: 1, begins: 'sunday' }, weekday: 6 }, '2005-01-01T23:00:00Z'],
    [
      'days before the first week',
      { year: 2005, week: { number: 0, begins: 'monday' }, weekday: 5 },
      '2004-12-31T23:00:00Z',
    ],
    [
      'a leap second',
      { year: 2005, month: 12, day: 31, hour: 23, minute: 59, second: 60, zone: 'Z' },
      '2006-01-01T00:00:00Z',
    ],
    ['a year of two digits’ worth', { year: 99, month: 1, day: 1, zone: 'Z' }, '0099-01-01T00:00:00Z'],
  ])('reads %s', (_, fields, expected) => {
    expect(resolve(fields)).toBe(expected);
  });

  test.each<[string, Partial<DateFields>]>([
    ['30 February', { year: 2005, month: 2, day: 30 }],
    ['29 February of a year without it', { year: 2005, month: 2, day: 29 }],
    ['29 February when neither this year nor the last had one', { month: 2, day: 31 }],
    ['25 o’clock', { year: 2005, month: 2, day: 3, hour: 25 }],
    ['the year 0', { year: 0, month: 12, day: 30 }],
    ['an unknown zone', { year: 2005, month: 2, day: 3, zone: 'FOOO' }],
    ['a month without a day', { year: 2005, month: 2 }],
    ['digits that are no ASCII', { year: Number.NaN, month: 2, day: 3 }],
  ])('has no time for %s', (_, fields) => {
    expect(resolve(fields)).toBeUndefined();
  });
});
