import fc from 'fast-check';
import { Conformance } from '../../../../tools/testing/conformance.ts';
import { describeWith, pythonModule } from '../../../../tools/testing/describe-with.ts';
import { corpus, corpusJson } from '../../../../tools/testing/fail2ban-corpus.ts';
import { askPython, type PythonAnswer } from '../testing/python-arithmetic.ts';
import type { BanTimeIncrement } from './ban-time-increment.ts';
import { BanTimes } from './ban-times.ts';
import { Formula } from './formula.ts';
import { formulas } from './testing/formulas.ts';

interface GoldenTimes {
  readonly opts: Readonly<Record<string, string>>;
  readonly bantime: number;
  readonly by_count: Readonly<Record<string, number>>;
}

const seconds: Readonly<Record<string, number>> = { '1d': 86_400, '5h': 18_000 };

const incrementOf = ({ maxtime, ...rest }: Readonly<Record<string, string>>): BanTimeIncrement => ({
  ...rest,
  ...(maxtime && { maxTimeMs: (seconds[maxtime] ?? Number(maxtime)) * 1000 }),
});

const fixed = (): number => 0.5;
const python = pythonModule('fail2ban', 'fail2ban');

/** What our arithmetic gives, in the same form. */
const ours = (
  compute: () => bigint | number,
): PythonAnswer | { readonly error: string; readonly isBound?: boolean } => {
  try {
    const value = compute();
    return typeof value === 'bigint' ? { int: String(value) } : { float: String(value) };
  } catch (error) {
    return { error: String(error), isBound: String(error).includes(' bits') };
  }
};

/** Whether two answers are the same: floats may differ in the last digits, as the C library's do from those of V8. */
const agree = (mine: PythonAnswer, theirs: PythonAnswer): boolean => {
  if ('error' in mine || 'error' in theirs) return 'error' in mine && 'error' in theirs;
  if ('int' in mine || 'int' in theirs) return 'int' in mine && 'int' in theirs && mine.int === theirs.int;
  const [a, b] = [Number(mine.float), Number(theirs.float.replace('inf', 'Infinity'))];
  return Object.is(a, b) || Math.abs(a - b) <= 1e-11 * Math.abs(b) || (Number.isNaN(a) && Number.isNaN(b));
};

describeWith([corpus], 'bantime.increment of fail2ban', () => {
  const times = new Conformance('bantime_increment.json');
  const retries = new Conformance('retry_increment.json');

  test('gives the ban times of its 33 option sets', () => {
    const sets = corpusJson<GoldenTimes[]>('bantime_increment.json');
    let rows = 0;
    for (const { opts, bantime, by_count } of sets) {
      const ban = new BanTimes(incrementOf(opts), fixed);
      for (const [count, expected] of Object.entries(by_count)) {
        rows += 1;
        const what = `${JSON.stringify(opts)} ${bantime} s, ban ${count}`;
        times.row(what, ban.lengthMs(bantime * 1000, Number(count)), Math.round(expected * 1000));
      }
    }
    expect(sets).toHaveLength(33);
    times.expectAll(rows);
  });

  test('counts the failures of known offenders as it does', () => {
    const sets = corpusJson<Record<string, Record<string, number>>>('retry_increment.json');
    let rows = 0;
    const ban = new BanTimes({}, fixed);
    for (const [maxRetry, byCount] of Object.entries(sets)) {
      for (const [count, expected] of Object.entries(byCount)) {
        rows += 1;
        retries.row(
          `${count} bans, maxretry ${maxRetry}`,
          ban.retries(Number(count), Number(maxRetry)).retries,
          expected,
        );
      }
    }
    retries.expectAll(rows);
  });
});

describeWith([python], "Python's arithmetic", () => {
  test('gives what Python gives for 4,000 generated expressions, or fails where it does', () => {
    const texts = fc.sample(formulas, { numRuns: 4000, seed: 6 });
    const names = { 'ban.Time': 600n, 'ban.Count': 3n, banFactor: 1.5 };
    const theirs = askPython(texts.map((text) => ({ text })));
    const different = texts.flatMap((text, n) => {
      const mine = ours(() => new Formula('formula', text, Object.keys(names)).valueOf({ random: fixed, names }));
      const other = theirs[n] as PythonAnswer;
      return agree(mine, other) || ('isBound' in mine && mine.isBound) ? [] : [{ text, mine, other }];
    });
    expect(different.slice(0, 5)).toEqual([]);
    expect(theirs.filter((answer) => !('error' in answer)).length).toBeGreaterThan(1500);
  });

  test("gives the ban times that fail2ban's own code gives for generated options", () => {
    const option = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
    const rows = fc.sample(
      fc.record({
        time: fc.constantFrom(1, 60, 599, 600, 3600, 86_400),
        count: fc.integer({ min: 1, max: 40 }),
        factor: option(
          fc.constantFrom('1', '2', '0.5', '2.0 / 2.885385', '1e-3', '3 // 2', '-1', '(1 if 2 > 1 else 0)'),
        ),
        formula: option(
          fc.constantFrom(
            'ban.Time * ban.Count',
            'ban.Time * ban.Count ** 2 * banFactor',
            'ban.Time * math.log(ban.Count + 1) * 10',
            'ban.Time + 3600 * (ban.Count - 1)',
            'max(60, ban.Time // 7) * min(ban.Count, 5)',
            'ban.Time * (1<<ban.Count) if ban.Count < 8 else 604800',
            'ban.Time / ban.Count',
            '86400 if ban.Count > 3 and ban.Time < 4000 else ban.Time',
            'ban.Time % 7 * 3600',
            'round(ban.Time * 1.37 ** ban.Count, 1)',
            'ban.Time / (ban.Count - 1)',
          ),
        ),
        multipliers: option(fc.constantFrom('1 5 30 60', '1 2 4', '0 1', '7', '3 1')),
        maxtime: option(fc.constantFrom('100', '86400')),
      }),
      { numRuns: 1500, seed: 7 },
    );
    const asked = rows.map(({ time, count, ...given }) => {
      const options: Record<string, string> = { factor: '1' };
      for (const [name, value] of Object.entries(given)) if (value !== undefined) options[name] = value;
      return { options, time, count };
    });
    const theirs = askPython(asked);
    const different = asked.flatMap(({ options, time, count }, n) => {
      const other = theirs[n] as PythonAnswer;
      const mine = ours(() => new BanTimes(incrementOf(options), fixed).lengthMs(time * 1000, count));
      if ('error' in mine || 'error' in other) {
        // What has no result for the first repeated ban is refused when the policy is made.
        const isRefused = 'error' in mine && options['formula'] === 'ban.Time / (ban.Count - 1)';
        return ('error' in mine && 'error' in other) || isRefused ? [] : [{ options, time, count, mine, other }];
      }
      const exactMs = Number('int' in other ? other.int : other.float) * 1000;
      const lengthMs = 'float' in mine ? Number(mine.float) : Number.NaN;
      return Math.abs(lengthMs - exactMs) <= 0.5 + 1e-9 * Math.abs(exactMs)
        ? []
        : [{ options, time, count, mine, other }];
    });
    expect(different.slice(0, 5)).toEqual([]);
  });
});
