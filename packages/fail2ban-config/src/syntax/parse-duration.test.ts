import fc from 'fast-check';
import { pythonModule, testWith } from '../../../../tools/testing/describe-with.ts';
import { askPython } from '../../../../tools/testing/python.ts';
import { Fail2banConfigError } from '../fail2ban-config-error.ts';
import { isFloatDuration, parseDuration, parseTimeMs } from './parse-duration.ts';

describe('parseDuration', () => {
  test.each([
    ['600', 600],
    ['10m', 600],
    ['-1', -1],
    ['1d 12h 30m', 131_400],
    ['1D12H', 129_600],
    ['1year - 6mo', 15_778_800],
    ['60*60', 3600],
    ['(1h + 30min) * 2', 10_800],
    ['6/2h', 10_800],
    ['--1', 1],
    ['.5h', 1800],
    ['10m5', 605],
  ])('reads %s as %d seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  test.each([
    '',
    ' ',
    'm',
    '1yr',
    '1e3',
    '1.2.3',
    '1h 2',
    '1,5h',
    '5 min!',
    '1/0',
    '(1',
    '1)',
    '2**3',
    '__import__("os")',
    'h1',
    '1h*',
  ])('refuses %j unless it has a meaning', (text) => {
    if (text === '1h 2') expect(parseDuration(text)).toBe(3602);
    else expect(() => parseDuration(text)).toThrow(Fail2banConfigError);
  });

  test('says what it wants, and where', () => {
    expect(() => parseDuration('ten', { file: 'jail.local', line: 3 })).toThrow(
      'jail.local:3: "ten" is no time; write seconds, or a number with a unit, such as 600, 10m, 1d 12h or 1y',
    );
  });

  test('gives whole milliseconds', () => {
    expect(parseTimeMs('1.5h')).toBe(5_400_000);
    expect(parseTimeMs('0.0005')).toBe(1);
  });

  test('is bounded in nesting and length', () => {
    expect(parseDuration(`${'('.repeat(40)}1${')'.repeat(40)}`)).toBe(1);
    expect(() => parseDuration(`${'('.repeat(400)}1${')'.repeat(400)}`)).toThrow(Fail2banConfigError);
    expect(() => parseDuration('1'.repeat(100_000))).toThrow(Fail2banConfigError);
  });

  test('gives a finite number or its own error, whatever the text', () => {
    const part = fc.constantFrom('1', '20', '.', 'h', 'mo', 'x', ' ', '+', '-', '*', '/', '(', ')');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        try {
          expect(Number.isFinite(parseDuration(parts.join('')))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(Fail2banConfigError);
        }
      }),
    );
  });

  testWith(
    [pythonModule('fail2ban.server.mytime', 'fail2ban')],
    "agrees with fail2ban's own on generated times",
    () => {
      const unit = fc.constantFrom('', 's', 'm', 'min', 'h', 'hours', 'd', 'w', 'mo', 'y', 'Years', ' h', ' days');
      const number = fc.oneof(fc.nat(200).map(String), fc.constantFrom('1.5', '0.25'));
      const glue = fc.constantFrom('', ' ', ' ', '+', ' - ', '*', '/', '  ');
      const term = fc.tuple(number, unit, glue).map((parts) => parts.join(''));
      const texts = fc.sample(
        fc.array(term, { minLength: 1, maxLength: 5 }).map((terms) => terms.join('')),
        500,
      );
      const program = `
from fail2ban.server.mytime import MyTime
def read(text):
  try: value = MyTime.str2seconds(text)
  except Exception: return None
  return [value, isinstance(value, float)]
print(json.dumps([read(text) for text in json.load(sys.stdin)]))`;
      const theirs = askPython<([seconds: number, isFloat: boolean] | null)[]>(program, texts);
      texts.forEach((text, index) => {
        const wanted = theirs[index] ?? null;
        // Python cannot read all of these.
        if (wanted === null) return;
        const [seconds, isFloat] = wanted;
        expect([text, parseDuration(text), isFloatDuration(text)]).toEqual([text, expect.closeTo(seconds, 3), isFloat]);
      });
    },
  );
});
