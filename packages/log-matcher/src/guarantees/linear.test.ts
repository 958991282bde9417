import { ringRejects } from '@sluice/pipeline';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { PatternSet } from '../pattern-set.ts';
import { corpus, corpusFilters } from '../testing/corpus.ts';
import { type Pump, pumped, pumpsOf } from '../testing/pumps.ts';
import { workDuring } from '../testing/work-of.ts';

/** Lengths of subjects that one pass reads, and of those that are read by blocks. */
const lengths = { short: [1000, 2000, 16_000], long: [20_000, 32_000, 256_000] } as const;
/** What a search may cost besides: what is rounded up to a block, and states that are met late. */
const slack = 20_000;

type Search = (subject: string) => unknown;

/** Counted work that grows faster than the subject does; undefined where there is none. */
function growthOf(set: PatternSet, pump: Pump, [warm, length, longer]: readonly number[], search: Search): unknown {
  const work = [warm, length, longer].map((size) => {
    const subject = pumped(pump, size as number);
    return workDuring(set, () => search(subject)).total;
  });
  const factor = (longer as number) / (length as number);
  return (work[2] as number) <= factor * (work[1] as number) + slack ? undefined : { pump, work };
}

const encoder = new TextEncoder();

/** Both ways to search a line. */
const searchesOf = (set: PatternSet): readonly Search[] => [
  (subject) => set.match(subject),
  (subject) => set.scan(encoder.encode(subject), () => {}),
];

const host =
  '(?:(?P<ip4>(?:\\d{1,3}\\.){3}\\d{1,3})|(?P<ip6>(?:[0-9a-f]{1,4}::?|::){1,7}(?:[0-9a-f]{1,4}|:))|(?P<dns>[\\w\\-.^_]*\\w))';

/** On these engines that go back take exponential, cubic or quadratic time. */
const catastrophic: readonly (readonly [pattern: string, ...pieces: string[]])[] = [
  ['(a+)+$', 'a'],
  ['(a|a)*b', 'a'],
  ['(x+x+)+y', 'x'],
  ['(.*)*x', 'a'],
  ['.*.*.*x$', 'a', 'x '],
  ['(?:.*a){10}$', 'a', 'ab'],
  ['(?:a?){20}a{20}b', 'a'],
  ['(\\w+\\s?)*!', 'ab ', 'ab'],
  ['\\s+foo', ' ', 'foo'],
  [`${host}.*${host}.*evil z`, '1.1.1.1 ', 'a:', 'evil ', '::'],
  ['evil[ab]{14}a[ab]*$', 'ab', 'evil', 'aab'],
  ['(?:(?:(?:a{1,9}){1,9}){1,9})$', 'a'],
  ['(?:(?:a{0,10}b?){0,10}c?){0,10}x', 'a', 'abc'],
  ['(?:a{3,7}){2,5}b', 'a'],
  ['(?:(?=a*b)a)*c', 'a', 'ab'],
  ['(?:(?!a{5}b).)*x', 'a', 'aaaaab'],
  ['(?:(?=.*x)(?=.*y)\\w)*z', 'a', 'xy'],
  ['(?=(.*)x)(?=.*(y.*))a', 'a', 'xy'],
  ['(?:a*?)*?b', 'a'],
  ['(a+?)+?$', 'a', 'ab'],
  ['.*?.*?.*?x(.*?)*?y', 'a', 'x'],
  ['^(?:(a)|(b)|(ab))*?$', 'ab', 'a'],
  ['(?:(?<=a)b|a(?=b)|\\bc\\B)*d', 'ab', 'c'],
  ['(q)?.*(?(1)x|y)$', 'q', 'a'],
  ['(a|b|ab)*\\1?$', 'ab', 'a'],
  ['(")?([^"]*)(?:\\1)?$', '"', 'a'],
  ['(?i)(\u212a|s)+x', 'K', 's', 'ſ'],
];

describe('the work of a search grows with the subject and no faster', () => {
  test.each(catastrophic)('%s', (pattern, ...pieces) => {
    const set = PatternSet.compile([pattern], { finalBreak: true });
    expect(set.patterns).toMatchObject([{ engine: 'dfa', reason: undefined }]);
    const pumps = [...pieces, 'x', '-'].flatMap((piece) => [
      { before: '', piece, behind: '' },
      { before: 'evil', piece, behind: '!' },
      { before: '"', piece, behind: 'ab\nx' },
    ]);
    const found = Object.values(lengths).flatMap((ladder) =>
      pumps.flatMap((pump) => searchesOf(set).map((search) => growthOf(set, pump, ladder, search))),
    );
    expect(found.filter((growth) => growth !== undefined)).toEqual([]);
  });

  test('where each character leads to a state of its own, by a set amount for each character', () => {
    const set = PatternSet.compile(['evil[ab]{18}a[ab]*$']);
    let seed = 1;
    const letter = (): string => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed >>> 31 === 0 ? 'a' : 'b';
    };
    for (const length of [1000, 10_000, 100_000]) {
      const subject = `evil${Array.from({ length }, letter).join('')}`;
      const work = workDuring(set, () => set.match(subject));
      expect(work.transitions).toBeLessThan(4 * length);
      expect(work.stateWork).toBeLessThan(200 * length);
      expect(work.walkSteps).toBeLessThan(8 * length);
    }
  });
});

describeWith([corpus], "of fail2ban's stock filters", () => {
  test('every regex takes work that grows with the line and no faster', () => {
    const seen = new Set<string>();
    const found: unknown[] = [];
    for (const { name, regexes, lines } of corpusFilters()) {
      for (const { source, flags } of regexes) {
        if (seen.has(source)) continue;
        seen.add(source);
        const set = PatternSet.compile([source], { multiline: flags === 'm', finalBreak: true, maxSteps: 1e7 });
        const isRegular = set.patterns[0]?.engine === 'dfa';
        for (const [index, pump] of pumpsOf(source, lines).entries()) {
          // Every pump on a whole pass, some by blocks.
          const isLong = (index + source.length) % 4 === 0;
          const ladder = isRegular ? (isLong ? [18_000, 32_000, 64_000] : lengths.short) : [500, 2000, 8000];
          const growth = growthOf(set, pump, ladder, (subject) => set.match(subject));
          if (growth !== undefined) found.push({ name, source, growth });
        }
      }
    }
    expect(found).toEqual([]);
  }, 120_000);
});

describe('a pattern that is not regular', () => {
  test.each(['(a+)+\\1b', '(?=(a+))(?:\\1a?)+b', '(?i)(a+a+)+\\1c', '(?>a+)+b', '(?:a++b?)*+c'])(
    'stays within maxSteps for each subject, and says so: %s',
    (pattern) => {
      const maxSteps = 50_000;
      const rejects = ringRejects(10);
      const set = PatternSet.compile([pattern], { maxSteps, rejects, prefilter: false });
      expect(set.patterns).toMatchObject([{ engine: 'backtracker', reason: expect.any(String) }]);
      const lines = Array.from({ length: 5 }, (_, index) => 'a'.repeat(1000 + index));
      let givenUp = 0;
      const { backtrackerSteps } = workDuring(set, () => {
        givenUp = set.scan(encoder.encode(lines.join('\n')), () => {}).givenUp;
      });
      expect(givenUp).toBe(lines.length);
      expect(rejects.last.map(({ code }) => code)).toEqual(lines.map(() => 'ERR_LOG_MATCHER_STEPS'));
      // A run of characters is taken before it is counted.
      expect(backtrackerSteps).toBeLessThanOrEqual(lines.length * (maxSteps + 1004));
    },
  );
});
