import fc from 'fast-check';
import { localToUtcMs, parseTimeZone, systemZone } from './time-zone.ts';

const paris = parseTimeZone('Europe/Paris', 'timeZone', 'iana');
const hourMs = 3_600_000;

describe('localToUtcMs', () => {
  test.each([
    ['winter', Date.UTC(2026, 0, 15, 12), Date.UTC(2026, 0, 15, 11)],
    ['summer', Date.UTC(2026, 6, 15, 12), Date.UTC(2026, 6, 15, 10)],
    [
      'the last second before an hour that is skipped',
      Date.UTC(2026, 2, 29, 1, 59, 59),
      Date.UTC(2026, 2, 29, 0, 59, 59),
    ],
    ['an hour that is skipped, as the next', Date.UTC(2026, 2, 29, 2, 30), Date.UTC(2026, 2, 29, 1, 30)],
    ['the first second behind it', Date.UTC(2026, 2, 29, 3), Date.UTC(2026, 2, 29, 1)],
    ['an hour that is shown twice, as the first', Date.UTC(2026, 9, 25, 2, 30), Date.UTC(2026, 9, 25, 0, 30)],
    ['the first second behind both', Date.UTC(2026, 9, 25, 3), Date.UTC(2026, 9, 25, 2)],
  ])('reads %s', (_, local, utc) => {
    expect(localToUtcMs(local, paris)).toBe(utc);
  });

  test('gives back any instant, save the second pass of a repeated hour', () => {
    for (const zone of [
      paris,
      systemZone,
      parseTimeZone('-03:30', 'timeZone', 'iana'),
      parseTimeZone('Asia/Kathmandu', 'x', 'iana'),
    ])
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 4_102_444_800 }), (seconds) => {
          const utc = seconds * 1000;
          const back = localToUtcMs(utc + zone.offsetMsAt(utc), zone);
          expect(zone.offsetMsAt(back) + back).toBe(utc + zone.offsetMsAt(utc));
          expect([0, hourMs]).toContain(utc - back);
        }),
      );
  });
});

describe('parseTimeZone', () => {
  const offset = (text: string, prefer: 'offset' | 'iana'): number =>
    parseTimeZone(text, 'logTimezone', prefer).offsetMsAt(Date.UTC(2026, 6, 1)) / 60_000;

  test.each([
    ['Z', 0],
    ['UTC', 0],
    ['UTC+0130', 90],
    ['+02:00', 120],
    ['-0330', -210],
    ['+05', 300],
    ['PDT', -420],
    ['est', -300],
  ])('reads %s as minutes east of UTC', (text, minutes) => {
    expect(offset(text, 'offset')).toBe(minutes);
  });

  test('reads CET as fail2ban does, or as the zone with its summer time', () => {
    expect(offset('CET', 'offset')).toBe(60);
    expect(offset('CET', 'iana')).toBe(120);
  });

  test.each(['', 'Mars/Olympus', '+1', 'UTC+99999', 'QQQ', '__proto__'])(
    'refuses %j and says what it wants',
    (text) => {
      expect(() => parseTimeZone(text, 'logTimezone', 'offset')).toThrow(
        expect.objectContaining({ code: 'ERR_FAIL2BAN_FILTER_ZONE', message: expect.stringContaining('logTimezone') }),
      );
    },
  );
});
