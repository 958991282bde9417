import type { CompiledPatternInfo } from '../pattern-info.ts';
import { PatternSet } from '../pattern-set.ts';
import type { CutPlaces } from '../prefilter/cut-places.ts';

const infoOf = (pattern: string): CompiledPatternInfo =>
  PatternSet.compile([pattern]).patterns[0] as CompiledPatternInfo;

describe('cutPlaces', () => {
  test.each<[string, CutPlaces]>([
    ['^(\\d+:\\d+)', 'none'],
    ['^()', 'none'],
    ['x(^\\d+)', 'none'],
    ['^(?:\\W{0,2})?(\\d\\d:\\d\\d)(?=\\b|\\W|$)', 'start'],
    ['(?i)^\\[?(jan \\d+)(?=\\b|\\W|$)', 'start'],
    ['^\\W{0,3}(\\d\\d:\\d\\d)(?=\\b|\\W|$)', 'words'],
    ['^\\w?(\\d\\d:\\d\\d)(?=\\b|\\W|$)', 'words'],
    ['(?=^|\\b|\\W)(\\d\\d:\\d\\d(?:\\.\\d+)?)(?=\\b|\\W|$)', 'words'],
    ['^[^\\[]*\\[(\\d+(?: [+-]\\d\\d|Z)?)(?=\\b|\\W|$)', 'words'],
    ['(\\d+)\\]', 'words'],
    ['(\\d+)[\\s\\]]+x', 'words'],
    ['(\\d+)', 'any'],
    ['(\\d+)x', 'any'],
    ['(\\d+)\\s*', 'any'],
    ['(\\d+>)(?=\\b|\\W|$)', 'any'],
    ['(\\d+_)(?=\\b|\\W|$)', 'any'],
    ['(\\d+)(?=\\b|\\w|$)', 'any'],
    ['(\\d+)(?!x)', 'any'],
    ['(?:(\\d+)\\])+', 'any'],
    ['(?P<a>x)|(\\d)', 'any'],
  ])('of %j are %s', (pattern, places) => {
    expect(infoOf(pattern).cutPlaces(1)).toBe(places);
  });
});

describe('reach', () => {
  test.each([
    ['abc', 3],
    ['a{2,4}b?', 5],
    ['ab$', 3],
    ['ab(?=\\b|\\W|$)', 4],
    ['a(?=b{3})', 5],
    ['(a)(?P<n>bc)', 3],
    ['a+', Number.POSITIVE_INFINITY],
    ['a(?=.*b)', Number.POSITIVE_INFINITY],
  ])('of %j is %p', (pattern, reach) => {
    expect(infoOf(pattern).reach).toBe(reach);
  });

  test('is told with whether a match begins where the subject does', () => {
    expect(['^a', '(?:^a|\\Ab)', 'a', '^a|b'].map((pattern) => infoOf(pattern).beginsAtStart)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
