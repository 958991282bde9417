import { withCaseVariants } from '../chars/case-variants.ts';
import type { CharSet, ClassMember } from '../chars/char-set.ts';
import { complementRanges, normalizeRanges, type Range } from '../chars/ranges.ts';
import { asciiDigit, asciiSpace, asciiWord, unicodeSpace } from '../chars/unicode-classes.ts';
import type { Flags } from './flags.ts';

/** What stands in a character set, before flags. */
export type SetItem =
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | { readonly kind: 'class'; readonly name: 'digit' | 'space' | 'word'; readonly negated: boolean };

/** Resolves items under the flags: case variants are added, and ASCII classes become ranges. */
export function charSetOf(items: readonly SetItem[], negated: boolean, flags: Flags): CharSet {
  const chars: Range[] = [];
  const ranges: Range[] = [];
  const classes: ClassMember[] = [];
  for (const item of items) {
    if (item.kind === 'range') {
      chars.push([item.from, item.to]);
    } else if (item.name === 'space' || flags.ascii) {
      const space = flags.ascii ? asciiSpace : unicodeSpace;
      const members = item.name === 'space' ? space : item.name === 'digit' ? asciiDigit : asciiWord;
      ranges.push(...(item.negated ? complementRanges(members) : members));
    } else {
      classes.push({ name: item.name, negated: item.negated });
    }
  }
  const plain = normalizeRanges(chars);
  const cased = flags.ignoreCase ? withCaseVariants(plain, flags.ascii) : plain;
  return { negated, ranges: normalizeRanges([...cased, ...ranges]), classes };
}
