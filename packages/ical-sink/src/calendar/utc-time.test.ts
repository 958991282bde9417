import fc from 'fast-check';
import { utcTime } from './utc-time.ts';

test.each([
  ['2024-02-29T23:59:59.999Z', '20240229T235959Z'],
  ['1969-12-31T23:59:59Z', '19691231T235959Z'],
  ['0000-01-01T00:00:00Z', '00000101T000000Z'],
  ['9999-12-31T23:59:59Z', '99991231T235959Z'],
])('%s is %s', (time, written) => {
  expect(utcTime(Date.parse(time))).toBe(written);
});

test.each([
  Date.parse('+010000-01-01T00:00:00Z'),
  Date.parse('-000001-12-31T23:59:59Z'),
  Number.NaN,
  Infinity,
  -Infinity,
])('%d cannot be written', (timeMs) => {
  expect(utcTime(timeMs)).toBeUndefined();
});

test('any time of the years 0 to 9999 is what Date says, cut to seconds', () => {
  const times = fc.integer({ min: Date.parse('0000-01-01T00:00:00Z'), max: Date.parse('9999-12-31T23:59:59.999Z') });
  fc.assert(
    fc.property(times, (timeMs) => {
      const iso = new Date(Math.floor(timeMs / 1000) * 1000).toISOString();
      expect(utcTime(timeMs)).toBe(iso.replaceAll(/[-:]|\.000/g, ''));
    }),
  );
});
