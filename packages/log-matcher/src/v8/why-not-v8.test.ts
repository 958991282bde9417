import { parsePattern } from '../python-regex/parse.ts';
import { whyNotV8 } from './why-not-v8.ts';

const reasonFor = (source: string): string | undefined => whyNotV8(parsePattern(source).root);

describe('whyNotV8', () => {
  test.each([
    ['(a)?(?(1)b|c)', 'conditional on group 1: V8 has none'],
    ['(?>a)', 'atomic group: V8 has none'],
    ['a++', 'possessive repetition: V8 has none'],
    ['(?:(a)|b)*', 'group 1 may sit out an iteration of its loop: V8 forgets what it held'],
    ['(?:(a)?b)+', 'group 1 may sit out an iteration of its loop: V8 forgets what it held'],
    ['(a*)*', 'a loop around group 1 can match nothing: V8 refuses such an iteration'],
    ['(a*)?', 'a loop around group 1 can match nothing: V8 refuses such an iteration'],
    ['(?:|a)*', 'a loop prefers to match nothing: V8 refuses such an iteration'],
    ['(?:a??)*', 'a loop prefers to match nothing: V8 refuses such an iteration'],
    ['(a)?\\1', 'back-reference to group 1, which may not have taken part: V8 matches nothing where Python fails'],
    ['(?:(a)|b)\\1', 'back-reference to group 1, which may not have taken part: V8 matches nothing where Python fails'],
    ['(?i)(a)\\1', 'back-reference to group 1 that ignores case'],
    ['(a)(?<=\\1)', 'back-reference inside a look-behind: V8 matches it from right to left'],
    ['(?!(a))', 'group 1 inside a negated look-around'],
  ])('%s: %s', (source, reason) => {
    expect(reasonFor(source)).toBe(reason);
  });

  test.each([
    '(?:(a)b)*',
    '(?:(a)|(b))c',
    '(?:a*)*',
    '(?:a*b*)?c',
    '(a)\\1',
    '(?:(a)\\1)+',
    '(?P<q>"|\').*(?P=q)',
    '(?<=a)b',
    '(a|b)*',
    '(a){3}',
    '(a)?b',
  ])('%s runs on V8', (source) => {
    expect(reasonFor(source)).toBeUndefined();
  });
});
