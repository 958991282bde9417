import { nearestWord } from './nearest-word.ts';

test('the nearest word is at most two letters away', () => {
  const words = ['author', 'since', 'until'];
  expect(nearestWord('autor', words)).toBe('author');
  expect(nearestWord('untli', words)).toBe('until');
  expect(nearestWord('Since', words)).toBe('since');
  expect(nearestWord('colour', words)).toBeUndefined();
  expect(nearestWord('a'.repeat(100_000), words)).toBeUndefined();
});
