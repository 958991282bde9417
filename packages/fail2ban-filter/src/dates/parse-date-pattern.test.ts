import { DateDetector } from './date-detector.ts';
import { defaultTemplates } from './default-templates.ts';
import { parseDatePattern } from './parse-date-pattern.ts';
import { parseTimeZone } from './time-zone.ts';

const utc = parseTimeZone('UTC', 'timeZone', 'iana');
const nowMs = Date.UTC(2026, 10, 23, 12);

/** What is cut out of a line, and its time. */
function find(pattern: string, line: string): [string, string | undefined] | undefined {
  const found = new DateDetector(parseDatePattern(pattern), utc).find(line, nowMs);
  if (found === undefined) return undefined;
  const time = found.timeMs === undefined ? undefined : new Date(found.timeMs).toISOString().replace(/\.000Z$/, 'Z');
  return [line.slice(found.start, found.end), time];
}

describe('parseDatePattern', () => {
  test.each<[string, string, string, string | undefined]>([
    ['%Y-%m-%d %H:%M:%S', 'x 2026-11-22 01:02:03 y', '2026-11-22 01:02:03', '2026-11-22T01:02:03Z'],
    [
      '^[^\\[]*\\[({DATE})',
      '1.2.3.4 - - [22/Nov/2026:01:02:03 +0100] x',
      '22/Nov/2026:01:02:03 +0100',
      '2026-11-22T00:02:03Z',
    ],
    ['^<W>{DATE}', '<W>2026-11-22 01:02:03 x', '<W>2026-11-22 01:02:03', '2026-11-22T01:02:03Z'],
    ['on (%d %B), %I %p', 'at 3 on 22 november, 12 AM', '22 november', '2026-11-22T00:00:00Z'],
    ['%A %d/%b/%y', 'SUNDAY 22/NOV/26', 'SUNDAY 22/NOV/26', '2026-11-22T00:00:00Z'],
    ['%I:%M:%S %p', '01:02:03 pm', '01:02:03 pm', '2026-11-22T13:02:03Z'],
    ['100%% %H:%M', 'x 100% 11:30', '100% 11:30', '2026-11-23T11:30:00Z'],
    ['%j of %Y', '060 of 2026', '060 of 2026', '2026-03-01T00:00:00Z'],
    ['%Y-%m-%d %Exz', '2026-11-22 UTC+0130', '2026-11-22 UTC+0130', '2026-11-21T22:30:00Z'],
    ['%c', 'Sun Nov 22 01:02:03 2026', 'Sun Nov 22 01:02:03 2026', '2026-11-22T01:02:03Z'],
    ['EPOCH', '1795392123.456 x', '1795392123.456', '2026-11-23T00:02:03Z'],
    ['EPOCH', 'type=X msg=audit(1795392123.456:7): x', '1795392123.456', '2026-11-23T00:02:03Z'],
    ['LEPOCH', '1795392123456 x', '1795392123456', '2026-11-23T00:02:03Z'],
    ['^LEPOCH', '[1795392123456789] x', '1795392123456789', '2026-11-23T00:02:03Z'],
    ['^x {EPOCH} y', 'x 1795392123 y z', 'x 1795392123 y', '2026-11-23T00:02:03Z'],
    ['^\\[({EPOCH})\\] y', '[1795392123] y z', '1795392123', '2026-11-23T00:02:03Z'],
    ['t={LEPOCH}', 'a t=1795392123456 b', 't=1795392123456', '2026-11-23T00:02:03Z'],
    ['tai64n', '@400000006a5a0b7b077a9e94 x', '@400000006a5a0b7b077a9e94', '2026-07-17T11:01:15Z'],
    ['{DATE}', '1795392123 x', '1795392123', '2026-11-23T00:02:03Z'],
    ['^{DATE}', '1795392123 x', '1795392123', '2026-11-23T00:02:03Z'],
    ['{NONE}', '2026-11-22 01:02:03', '', undefined],
    ['^I\\(()**', 'I(here', '', undefined],
    ['%H:%M**', '12:3456', '12:34', '2026-11-22T12:34:00Z'],
    ['{UNB}%H:%M', 'at12:345', '12:34', '2026-11-22T12:34:00Z'],
  ])('%s finds the date in %j', (pattern, line, text, time) => {
    expect(find(pattern, line)).toEqual([text, time]);
  });

  test.each([
    ['%H:%M', 'a12:3456'],
    ['{^LN-BEG}%H:%M', 'abc 12:34'],
    ['^EPOCH', 'x 1795392123'],
    ['EPOCH', 'x 1795392123'],
    ['{DATE} tail', '2026-11-22 01:02:03 head'],
    ['x {DATE}', 'x 1795392123'],
  ])('%s finds nothing in %j', (pattern, line) => {
    expect(find(pattern, line)).toBeUndefined();
  });

  test('{^LN-BEG} alone is all defaults at the line’s beginning', () => {
    expect(find('{^LN-BEG}', '[2026-11-22 01:02:03] x')?.[0]).toBe('2026-11-22 01:02:03');
    expect(find('{^LN-BEG}', 'at 2026-11-22 01:02:03')).toBeUndefined();
  });

  test('tries several lines in turn, each template once', () => {
    const templates = parseDatePattern('%Y\n\n  {^LN-BEG}EPOCH\n{DEFAULT}');
    expect(templates).toHaveLength(1 + defaultTemplates().length);
    expect(templates.slice(0, 2).map(({ name }) => name)).toEqual(['%Y', '{^LN-BEG}EPOCH']);
  });

  test.each([
    ['%Q', 'unknown token %Q'],
    ['100%', 'unknown token %'],
    ['(%Y', 'datepattern "(%Y": '],
  ])('refuses %j with file, line and cure', (pattern, part) => {
    expect(() => parseDatePattern(pattern, { file: 'filter.d/x.conf', line: 7 })).toThrow(
      expect.objectContaining({
        code: 'ERR_FAIL2BAN_FILTER_DATEPATTERN',
        message: expect.stringMatching(/^filter\.d\/x\.conf:7: .*; write strptime tokens/),
        cause: expect.anything(),
      }),
    );
    expect(() => parseDatePattern(pattern)).toThrow(part);
  });
});
