import { parsePattern } from '../python-regex/parse.ts';
import { analyse } from './analyse.ts';
import { explainPatterns } from './explain-patterns.ts';
import { literalPlaces } from './literal-place.ts';

const explain = (source: string, literals?: readonly string[], engine = 'dfa', reason?: string): string => {
  const parsed = parsePattern(source);
  const places = literals === undefined ? undefined : literalPlaces(parsed, literals);
  return explainPatterns([
    {
      source,
      engine,
      reason,
      literals: places?.map((place, index) => place ?? (literals?.[index] as string)),
      analysis: analyse(parsed),
    },
  ]);
};

describe('literalPlaces', () => {
  test.each([
    ['abc', 'abc', [0, 0], false],
    ['x\\d{2}abc', 'bc', [4, 4], false],
    ['\\S+ from (a|bc)d', ' from ', [1, Number.POSITIVE_INFINITY], false],
    ['\\S{2,9} \\/(help_us|contact)\\.php', '/contact.php', [3, 10], false],
    ['\\S (?:ab)?cd', 'abcd', [2, 2], false],
    ['x(?:ab){2,3}c', 'abc', [1, 5], false],
    ['(?i)user=Admin', 'user=admin', [0, 0], true],
    ['(?P<u>\\d)(?=x)\\bfoo', 'foo', [1, 1], false],
    ['😀[ab]é', 'aé', [1, 1], false],
  ])('%s holds %j', (source, text, before, anyCase) => {
    expect(literalPlaces(parsePattern(source), [text])).toEqual([{ text, before, anyCase }]);
  });

  test('knows no place for what the pattern does not spell out', () => {
    expect(literalPlaces(parsePattern('a+b|c'), ['ac', 'bc'])).toEqual([undefined, undefined]);
  });

  test('gives up on what would take long', () => {
    const source = `${'(?:a|aa)*'.repeat(20)}b`;
    expect(literalPlaces(parsePattern(source), [`${'a'.repeat(40)}c`])).toEqual([undefined]);
  });
});

describe('explainPatterns', () => {
  test('names the pattern, its engine and why it is that', () => {
    const text = explain('(\\d+)-\\1', ['-'], 'backtracker', 'back-reference to group 1');
    expect(text).toMatch(/^pattern 0: \(\\d\+\)-\\1\n/);
    expect(text).toContain('engine: backtracker (back-reference to group 1)');
    expect(text).toContain('not regular: back-reference \\1 to a group that can hold more than 16 texts (column 7)');
    expect(explain('a')).not.toContain('not regular');
  });

  test('shows literals with their places and case', () => {
    const text = explain('(?i)\\d{2}failed|\\d+(?-i:Denied)', ['failed', 'Denied']);
    expect(text).toContain('"failed" in any case, 2 characters into the match');
    expect(text).toContain('"Denied" behind at least 1 character of the match');
    expect(explain('abc', ['abc'])).toContain('"abc" at the beginning of the match');
    const many = Array.from({ length: 20 }, (_, i) => `lit${i}`);
    expect(explain(many.join('|'), many)).toContain('and 12 more');
  });

  test('tells which lines are searched, and that the backtracker takes longer', () => {
    const every = explain('\\d+ \\w+');
    expect(every).toContain('literals: none that every match contains');
    expect(every).toMatch(/every line is searched: about \d+ ns for a line of 120 bytes/);
    const some = explain('abc|def', ['abc', 'def']);
    expect(some).toMatch(/only lines that hold one of the literals are searched: about \d+ ns/);
    expect(some).not.toContain('every line');
    const nsOf = (text: string): number => Number(/about (\d+) ns/.exec(text)?.[1]);
    expect(nsOf(explain('a', undefined, 'backtracker'))).toBeGreaterThan(nsOf(explain('a')));
    expect(nsOf(explain('^a', undefined, 'backtracker'))).toBeLessThan(nsOf(explain('a', undefined, 'backtracker')));
  });

  test('tells anchors, lengths, and what is used', () => {
    const text = explain('^\\bsshd(?<=d)\\[\\d{1,5}\\]: .*?(?!x)$');
    expect(text).toContain('begins where the line begins; ends where the line ends, or before its break');
    expect(text).toContain('length of a match: 9 characters or more');
    expect(text).toContain('uses: look-behind of 1, look-ahead, word boundaries, lazy repetition');
    expect(explain('abc')).toContain('anchors: none');
    expect(explain('a?')).toContain('length of a match: 0 to 1 character; it can match nothing at all');
    expect(explain('[ab]c')).toContain('length of a match: 2 characters\n');
  });

  test('tells whether groups are found in one pass', () => {
    expect(explain('(\\d+) (\\w+)')).toContain('groups: in one pass');
    expect(explain('(.*)x')).toContain('groups: with a list');
  });

  test('gives each pattern a paragraph, in order', () => {
    const analysis = analyse(parsePattern('a'));
    const pattern = { source: 'a', engine: 'dfa', reason: undefined, literals: ['a'], analysis };
    const text = explainPatterns([pattern, { ...pattern, source: 'b' }]);
    expect(text.match(/^pattern \d: .*$/gm)).toEqual(['pattern 0: a', 'pattern 1: b']);
  });
});
