import fc from 'fast-check';
import { patterns } from './generate-patterns.ts';

/** Words that patterns need and lines hold, so that a prefilter has something to look for. */
const words = ['evil', 'from ', 'user=', 'wombat', 'Ab-1', 'é=ü', ' 😀b'];

const letters = [
  ...'aaaabbbbcccA1- _',
  ...['é', 'ß', 'ſ', 'k', '\u212a', 'İ', 'ı', 'ς', 'Σ', 'µ', '😀', '٣', '\0', '\r'],
];
const odd = ['\u0085', '\u2028', '\ufeff', '\u001c', '\ufffd', '\t'];

/** Flags and names are kept in the first part only: both may stand once in a pattern. */
const plainOf = (pattern: string): string => pattern.replace(/^\(\?\w+\)/, '').replaceAll(/\(\?P<n\d+>/g, '(');

/** Patterns of the whole dialect, some of which need words. */
export const patternsWithWords: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: patterns, weight: 2 },
  { arbitrary: fc.tuple(patterns, fc.constantFrom(...words)).map((parts) => parts.join('')), weight: 1 },
  {
    arbitrary: fc
      .tuple(patterns, fc.constantFrom(...words), patterns)
      .map(([first, word, last]) => `${first}${word}${plainOf(last)}`),
    weight: 2,
  },
);

/** A line, and what is to be cut out of it; between characters, and not all of it. */
export interface GeneratedLine {
  readonly text: string;
  /** As it is scanned. Default: the text in UTF-8. */
  readonly bytes?: Uint8Array;
  readonly cut: { readonly start: number; readonly end: number };
}

/** Lines without a line feed, never empty, nor without the cut. */
export const lines: fc.Arbitrary<GeneratedLine> = fc
  .tuple(
    fc.array(
      fc.oneof(
        { arbitrary: fc.constantFrom(...letters), weight: 12 },
        { arbitrary: fc.constantFrom(...words), weight: 3 },
        { arbitrary: fc.constantFrom(...odd), weight: 1 },
      ),
      { minLength: 1, maxLength: 14 },
    ),
    fc.nat(),
    fc.nat(),
  )
  .map(([parts, first, second]) => {
    const [a, b] = [first % parts.length, second % parts.length] as const;
    const lengthOf = (count: number): number => parts.slice(0, count).join('').length;
    return { text: parts.join(''), cut: { start: lengthOf(Math.min(a, b)), end: lengthOf(Math.max(a, b)) } };
  });
