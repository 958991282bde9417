import { Backtracker } from '../backtracker/backtracker.ts';
import { literalPattern } from './literal-pattern.ts';

const spanIn = (source: string, text: string, ignoreCase = false): readonly number[] | undefined => {
  const found = new Backtracker(literalPattern(source, { ignoreCase }), 10_000).search(text);
  if (found === 'gave up') throw new Error(found);
  return found === undefined ? undefined : [found.start, found.end];
};

describe('literalPattern', () => {
  test('takes every character for itself', () => {
    expect(spanIn('a.*(b)\\d', 'xa.*(b)\\d')).toEqual([1, 9]);
    expect(spanIn('a.c', 'abc')).toBeUndefined();
    expect(spanIn('😀é', 'a😀é')).toEqual([1, 4]);
  });

  test('minds case unless told not to', () => {
    expect(spanIn('Error', 'ERROR')).toBeUndefined();
    expect(spanIn('Error', 'an ERROR', true)).toEqual([3, 8]);
    expect(spanIn('straße', 'STRASSE', true)).toBeUndefined();
    expect(spanIn('k', '\u212a', true)).toEqual([0, 1]);
  });

  test('gives every character its span', () => {
    const { root } = literalPattern('a😀b');
    expect(root).toMatchObject({ start: 0, end: 4, items: [{ end: 1 }, { start: 1, end: 3 }, { start: 3, end: 4 }] });
  });

  test('matches everywhere when empty', () => {
    expect(spanIn('', 'abc')).toEqual([0, 0]);
  });
});
