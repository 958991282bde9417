import { DateDetector } from './date-detector.ts';
import { parseDatePattern } from './parse-date-pattern.ts';
import { parseTimeZone } from './time-zone.ts';

const utc = parseTimeZone('UTC', 'timeZone', 'iana');
const nowMs = Date.UTC(2026, 10, 23, 12);

function finder(pattern?: string): (line: string) => string | undefined {
  const detector = new DateDetector(pattern === undefined ? undefined : parseDatePattern(pattern), utc);
  return (line) => {
    const found = detector.find(line, nowMs);
    if (found === undefined) return undefined;
    detector.learn(line, found, nowMs);
    return line.slice(found.start, found.end);
  };
}

describe('DateDetector', () => {
  test.each([
    ['2026-11-23T11:59:58.123+01:00 host x', '2026-11-23T11:59:58.123+01:00'],
    ['Nov  3 11:59:58 host x', 'Nov  3 11:59:58'],
    ['<30>Nov 23 11:59:58 host x', 'Nov 23 11:59:58'],
    ['Mon Nov 23 11:59:58.123 2026 x', 'Mon Nov 23 11:59:58.123 2026'],
    ['23/11/26 11:59:58 x', '23/11/26 11:59:58'],
    ['6.6.6.6 - - [23/Nov/2026:11:59:58 +0100] "GET', '23/Nov/2026:11:59:58 +0100'],
    ['11/23/2026:11:59:58 x', '11/23/2026:11:59:58'],
    ['[1795434000] x', '1795434000'],
    ['11:59:58 x', '11:59:58'],
    ['<11/23/26@11:59:58> x', '<11/23/26@11:59:58>'],
    ['261123 11:59:58 x', '261123 11:59:58'],
    ['Nov 23, 2026 11:59:58 AM x', 'Nov 23, 2026 11:59:58 AM'],
    ['Nov-23-26 11:59:58 x', 'Nov-23-26 11:59:58'],
    ['20261123T115958 x', '20261123T115958'],
    ['[20261123-11:59:58] x', '20261123-11:59:58'],
    ['CEST Nov 23 11:59:58 x', 'CEST Nov 23 11:59:58'],
    ['+0100 Nov 23 11:59:58 x', '+0100 Nov 23 11:59:58'],
    ['@400000006a5a0b7b077a9e94 x', '@400000006a5a0b7b077a9e94'],
  ])('finds the date of %j unasked', (line, date) => {
    expect(finder()(line)).toBe(date);
  });

  test.each(['', 'no date', '2026-13-45 99:99:99', 'x1795434000y', '1999-11-23 11:59:58'])(
    'finds none in %j',
    (line) => {
      expect(finder()(line)).toBeUndefined();
    },
  );

  test('prefers the leftmost of several dates, whatever the order of templates', () => {
    expect(finder()('6.6.6.6 [23/Nov/2026:11:59:58] "GET /2026-11-23 10:00:00')).toBe('23/Nov/2026:11:59:58');
    expect(finder()('6.6.6.6 2026-11-23 10:00:00 [23/Nov/2026:11:59:58]')).toBe('2026-11-23 10:00:00');
  });

  test('stays with the place of the last date, so that one planted before it does not win', () => {
    const find = finder();
    const at = (head: string): string => `${head} [23/Nov/2026:11:59:58] x`;
    expect(find(at('aaaaaaaaaaaaaaaaaaaaaaaa'))).toBe('23/Nov/2026:11:59:58');
    expect(find(at('aaaa 2026-11-23 10:00:00'))).toBe('23/Nov/2026:11:59:58');
    expect(find(at('2026-11-23 10:00:00'))).toBe('2026-11-23 10:00:00');
  });

  test('moves a template that hits to the front, so that it wins over an equal', () => {
    const lines = ['CEST Nov 23 11:59:58 x', 'x Nov 23 11:59:58 y'];
    const [first, second] = [finder(), finder()];
    expect(second(lines[1] as string)).toBe('Nov 23 11:59:58');
    expect(lines.map(first)).toEqual(['CEST Nov 23 11:59:58', 'Nov 23 11:59:58']);
  });

  test('changes nothing by finding alone', () => {
    const detector = new DateDetector(undefined, utc);
    const learnt = 'aaaaaaaaaaaaaaaaaaaaaaaa [23/Nov/2026:11:59:58] x';
    const planted = 'aaaa 2026-11-23 10:00:00 [23/Nov/2026:11:59:58] x';
    detector.find(learnt, nowMs);
    expect(detector.find(planted, nowMs)).toMatchObject({ start: 5 });
    detector.learn(learnt, detector.find(learnt, nowMs) as NonNullable<ReturnType<DateDetector['find']>>, nowMs);
    expect(detector.find(planted, nowMs)).toMatchObject({ start: 26 });
  });
});
