import { variantsOf, withCaseVariants } from '../chars/case-variants.ts';
import { type CharSet, type ClassMember, singleChar } from '../chars/char-set.ts';
import { complementRanges, normalizeRanges, type Range, type Ranges } from '../chars/ranges.ts';
import { asciiDigit, asciiSpace, asciiWord, unicodeSpace } from '../chars/unicode-classes.ts';
import type { Flags } from './flags.ts';

/** What stands in a character set, before flags. */
export type SetItem =
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | { readonly kind: 'class'; readonly name: 'digit' | 'space' | 'word'; readonly negated: boolean };

const asciiClasses = { digit: asciiDigit, space: asciiSpace, word: asciiWord };

function rangesOf({ name, negated }: SetItem & { kind: 'class' }, ascii: boolean): Ranges {
  const members = name === 'space' && !ascii ? unicodeSpace : asciiClasses[name];
  return negated ? complementRanges(members) : members;
}

/** Resolves items under the flags: case variants are added, and ASCII classes become ranges. */
export function charSetOf(items: readonly SetItem[], negated: boolean, { ascii, ignoreCase }: Flags): CharSet {
  const chars: Range[] = [];
  const ranges: Range[] = [];
  const classes: ClassMember[] = [];
  for (const item of items) {
    if (item.kind === 'range') chars.push([item.from, item.to]);
    else if (item.name === 'space' || ascii) ranges.push(...rangesOf(item, ascii));
    else classes.push({ name: item.name, negated: item.negated });
  }
  const plain = normalizeRanges(chars);
  const cased = ignoreCase ? withCaseVariants(plain, ascii) : plain;
  return { negated, ranges: ranges.length === 0 ? cased : normalizeRanges([...cased, ...ranges]), classes };
}

/** ASCII letters in any case, and classes: made once, by their key. */
const known = new Map<number | string, CharSet>();

function remember(key: number | string, make: () => CharSet): CharSet {
  let set = known.get(key);
  if (set === undefined) {
    set = make();
    known.set(key, set);
  }
  return set;
}

/** One character under the flags. */
export function literalSet(code: number, { ignoreCase, ascii }: Flags): CharSet {
  if (!ignoreCase) return singleChar(code);
  const make = (): CharSet => {
    const variants = variantsOf(code, ascii);
    if (variants.length === 0) return singleChar(code);
    const chars = [code, ...variants].map((char): Range => [char, char]);
    return { negated: false, ranges: normalizeRanges(chars), classes: [] };
  };
  return code < 0x80 ? remember(ascii ? -1 - code : code, make) : make();
}

/** A class that stands alone. */
export const classSet = (item: SetItem & { kind: 'class' }, flags: Flags): CharSet =>
  remember(`${item.name}${item.negated}${flags.ascii}`, () => charSetOf([item], false, flags));
