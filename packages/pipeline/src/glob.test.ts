import fc from 'fast-check';
import { glob } from './glob.ts';

describe('glob', () => {
  test.each([
    ['ada', 'Ada', true],
    ['ada', 'adam', false],
    ['*', '', true],
    ['*@example.org', 'ADA@Example.org', true],
    ['*@example.org', 'ada@example.org.evil', false],
    ['a*b*c', 'aXbXbXc', true],
    ['a*b*c', 'aXcXb', false],
    ['ab*b', 'ab', false],
    ['a?c', 'a😀c', true],
    ['a?c', 'ac', false],
    ['*?*', '', false],
    ['*b?d*', 'abxdd', true],
    ['a**b', 'ab', true],
    ['.', 'x', false],
    ['[a]', 'a', false],
    ['Å*', 'ångström', true],
  ])('%j takes %j: %j', (pattern, text, isTaken) => {
    expect(glob(pattern)(text)).toBe(isTaken);
  });

  test('answers as the regular expression of the same meaning', () => {
    const letters = (extra: string) => fc.string({ unit: fc.constantFrom('a', 'b', ...extra), maxLength: 9 });
    fc.assert(
      fc.property(letters('*?'), letters(''), (pattern, text) => {
        const same = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'su');
        expect(glob(pattern)(text)).toBe(same.test(text));
      }),
      { numRuns: 2000 },
    );
  });

  test('does not try a hundred stars in every combination', () => {
    // A backtracking matcher would still be at it when the sun goes out.
    expect(glob(`${'*a'.repeat(100)}b`)('a'.repeat(5000))).toBe(false);
  });
});
