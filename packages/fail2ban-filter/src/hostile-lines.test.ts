import type { PatternSet } from '@sluice/log-matcher';
import { fixedClock } from '@sluice/pipeline';
import fc from 'fast-check';
import { compileParts } from './compile-filter.ts';
import { defaultTemplates } from './dates/default-templates.ts';
import { Fail2banFilter } from './fail2ban-filter.ts';
import { resolveOptions } from './options.ts';
import { accessTimeMs } from './testing/e107.ts';

/** What sets have done so far, in steps of the engine: the measure of time that no other program disturbs. */
const stepsOf = (sets: readonly PatternSet[]): number =>
  sets
    .map((set) => set.stats())
    .reduce((sum, { transitions, stateWork, walkSteps, backtrackerSteps }) => {
      return sum + transitions + stateWork + walkSteps + backtrackerSteps;
    }, 0);

function stepsDuring(sets: readonly PatternSet[], action: () => unknown): number {
  const before = stepsOf(sets);
  action();
  return stepsOf(sets) - before;
}

/** Repeats within repeats: what a backtracking engine takes exponential or cubic time for, when the end does not fit. */
const atom = fc.constantFrom(
  'a',
  '\\w+',
  '[^,]*',
  '\\S+',
  '\\s*',
  '(?:a|a)',
  '(?:a|aa)',
  '(?:\\w| )+',
  '[^"]*"?',
  '.*',
);
const ambiguous: fc.Arbitrary<string> = fc.letrec<{ regex: string }>((tie) => ({
  regex: fc.oneof(
    { maxDepth: 3 },
    atom,
    tie('regex').map((regex) => `(?:${regex})+`),
    tie('regex').map((regex) => `(?:${regex}|${regex})*`),
    tie('regex').map((regex) => `(?:k=${regex},? ?)*`),
    fc.tuple(tie('regex'), tie('regex')).map(([first, second]) => first + second),
    fc.tuple(tie('regex'), tie('regex')).map(([first, second]) => `(?:${first}|${second} )*`),
    tie('regex').map((regex) => `(?:\\[${regex}\\])*`),
  ),
})).regex;

const piece = fc.constantFrom('a', 'a ', ' ', 'k=a, ', '[a', '"', 'a: ', '1.1.1.1 ', '::', ',', '\\');
const pump = fc.record({
  before: fc.constantFrom('', 'app: ', '[', '192.0.2.7 '),
  piece,
  end: fc.constantFrom('', '!', '\u00e9'),
});

const [short, long] = [2000, 8000];

/** The default of log-matcher, and what a last step may go beyond it. */
const maxSteps = 1_000_100;

describe('a line that is made to take long', () => {
  test('costs a filter of ambiguous repeats steps in proportion to its length', () => {
    const form = fc.record({
      fail: fc.tuple(
        ambiguous,
        fc.constantFrom(
          '^$ ip=<HOST>$',
          '^$,<ADDR>',
          '$ <HOST> $',
          '^<HOST> $x$',
          '^$<F-USER>\\S+|.*?</F-USER> <HOST>$',
        ),
      ),
      pref: fc.option(ambiguous, { nil: undefined }),
      ignore: fc.option(ambiguous, { nil: undefined }),
      pump,
    });
    fc.assert(
      fc.property(form, ({ fail: [regex, frame], pref, ignore, pump: { before, piece, end } }) => {
        const source = {
          failRegex: [frame.replaceAll('$', (dollar, at: number) => (at === frame.length - 1 ? dollar : regex))],
          ...(pref && { prefRegex: `^(?:${pref}): <F-CONTENT>.+</F-CONTENT>` }),
          ...(ignore && { ignoreRegex: [`^(?:${ignore})!!$`] }),
        };
        const settings = resolveOptions({ clock: fixedClock(accessTimeMs), timeZone: 'UTC' }, undefined);
        const parts = compileParts(source, settings);
        const { fail: set, pref: prefSet, ignore: ignoreSet } = parts.rules;
        const sets = [set, prefSet, ignoreSet].filter((one) => one !== undefined);
        // Patterns of very many instructions are too large for an automaton: these have a bound of their own.
        const isLarge = sets.some(({ patterns }) => patterns.some(({ engine }) => engine !== 'dfa'));
        const filter = new Fail2banFilter(parts);
        const ask = (length: number): number => {
          const line = before + piece.repeat(length / piece.length) + end;
          return stepsDuring(sets, () => filter.processLine(line));
        };
        ask(short);
        const [atShort, atLong] = [ask(short), ask(long)];
        // A state that is met for the first time costs a pass over the pattern, so a little is allowed for that.
        expect(atLong).toBeLessThan(isLarge ? sets.length * maxSteps : 4 * atShort + 40 * long + 100_000);
      }),
      { numRuns: 150 },
    );
  });

  test('costs a filter with back-references at most the steps that it may take', () => {
    const rejects: string[] = [];
    const settings = resolveOptions({ rejects: { next: ({ code }) => rejects.push(code) } }, undefined);
    const source = { failRegex: ['^(?P<x>\\w+)(?: |\\w+|\\w)*(?P=x)!? ip=<HOST>$'], datePattern: '{NONE}' };
    const parts = compileParts(source, settings);
    expect(parts.rules.fail.patterns[0]?.engine).toBe('backtracker');
    const filter = new Fail2banFilter(parts);
    const steps = stepsDuring([parts.rules.fail], () => filter.processLine(`${'ab '.repeat(4000)}?`));
    expect(steps).toBeLessThan(maxSteps);
    expect(filter.processLine('ab c ab ip=192.0.2.7')?.id).toBe('192.0.2.7');
    expect(new Set(rejects).size).toBeLessThanOrEqual(1);
  });

  test('costs the search for its date steps in proportion to its length', () => {
    const pieces = [
      '2005-08-14 ',
      '1124013590 ',
      'Aug 14 ',
      '11:59:',
      '[[',
      '08/14/2005:',
      '@4000',
      'Z ',
      '20050814',
      '(((',
    ];
    const templates = defaultTemplates();
    for (const template of templates) template.compile();
    const sets = templates.map((template) => template.compile());
    for (const piece of pieces) {
      const parts = compileParts(
        { failRegex: ['<HOST>'] },
        resolveOptions({ clock: fixedClock(accessTimeMs) }, undefined),
      );
      const ask = (length: number): number => {
        const line = `x${piece.repeat(length / piece.length)}`;
        return stepsDuring(sets, () => new Fail2banFilter(parts).processLine(line));
      };
      // V8 searches the lines up to 4,096 characters, with patterns that repeat nothing without a bound.
      ask(long);
      const [atLong, atLonger] = [ask(long), ask(4 * long)];
      expect(atLong).toBeGreaterThan(0);
      expect(atLonger).toBeLessThan(4 * atLong + 100_000);
      expect(atLonger).toBeLessThan(400 * 4 * long);
    }
  });
});
