import { foldedWith, withFolded } from '../chars/case-folding.ts';
import { type CharSet, singleChar } from '../chars/char-set.ts';
import { complementRanges, normalizeRanges, type Range, type Ranges } from '../chars/ranges.ts';
import { asciiDigit, asciiWord, javaScriptSpace } from '../chars/unicode-classes.ts';

/** ASCII's word characters and those that fold to one: what `\w` and `\b` take under the flags `iu`. */
const foldedWord: Ranges = [...asciiWord, [0x17f, 0x17f], [0x212a, 0x212a]];

/** What `\w` is. */
export const wordRanges = (ignoreCase: boolean): Ranges => (ignoreCase ? foldedWord : asciiWord);

/** Ranges of `\d`, `\D`, `\s`, `\S`, `\w` and `\W`, by their letter; undefined for other letters. */
export function classRanges(letter: string, ignoreCase: boolean): Ranges | undefined {
  switch (letter) {
    case 'd':
      return asciiDigit;
    case 's':
      return javaScriptSpace;
    case 'w':
      return wordRanges(ignoreCase);
    case 'D':
    case 'S':
    case 'W':
      return complementRanges(classRanges(letter.toLowerCase(), ignoreCase) as Ranges);
    default:
      return undefined;
  }
}

/** A set under the flags: with `i` it takes all that folds like a member. A complement is taken of that. */
export function setOfRanges(ranges: readonly Range[], negated: boolean, ignoreCase: boolean): CharSet {
  const plain = normalizeRanges(ranges);
  return { negated, ranges: ignoreCase ? withFolded(plain) : plain, classes: [] };
}

const foldedSets = new Map<number, CharSet>();

/** One character under the flags. */
export function charUnder(code: number, ignoreCase: boolean): CharSet {
  if (!ignoreCase || foldedWith(code).length < 2) return singleChar(code);
  const known = foldedSets.get(code);
  if (known !== undefined) return known;
  const set = setOfRanges([[code, code]], false, true);
  if (code < 0x80) foldedSets.set(code, set);
  return set;
}
