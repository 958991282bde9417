import fc from 'fast-check';
import { LineSplitter } from './line-splitter.ts';

const split = (pieces: readonly string[], maxChars = 5): string[] => {
  const lines: string[] = [];
  const splitter = new LineSplitter(maxChars, (line) => lines.push(line));
  for (const piece of pieces) splitter.push(piece);
  return lines;
};

describe('LineSplitter', () => {
  test('gives the lines that are whole', () => {
    expect(split(['a\nb', 'c\n', '\nrest'])).toEqual(['a', 'bc', '']);
  });

  test('leaves out a line that is too long, and no other', () => {
    expect(split(['12345\n123456\n', '123456', '789\nnext\n'])).toEqual(['12345', 'next']);
  });

  test('any division of a text into pieces gives the same lines', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 60 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(60), { maxLength: 8 }), (whole, cuts) => {
        const places = [0, ...cuts.map((cut) => Math.min(cut, whole.length)).sort((a, b) => a - b), whole.length];
        const pieces = places.slice(1).map((to, n) => whole.slice(places[n], to));
        expect(split(pieces)).toEqual(split([whole]));
      }),
    );
  });
});
