import { maxCodePoint, normalizeRanges, type Range, type Ranges, rangesHave } from './ranges.ts';
import { asciiDigit, asciiWord, type UnicodeClass, unicodeClassHas } from './unicode-classes.ts';

/** A Unicode class inside a set, or its complement. */
export interface ClassMember {
  readonly name: UnicodeClass;
  readonly negated: boolean;
}

/**
 * Characters that one place of a pattern accepts: the ranges and the classes together, or all but those.
 * Case variants and the ASCII flag are resolved already.
 */
export interface CharSet {
  readonly negated: boolean;
  readonly ranges: Ranges;
  readonly classes: readonly ClassMember[];
}

export const singleChar = (code: number): CharSet => ({ negated: false, ranges: [[code, code]], classes: [] });

export const anyChar: CharSet = { negated: true, ranges: [], classes: [] };

export const allButNewline: CharSet = { negated: true, ranges: [[10, 10]], classes: [] };

export const wordChars = (ascii: boolean): CharSet =>
  ascii
    ? { negated: false, ranges: asciiWord, classes: [] }
    : { negated: false, ranges: [], classes: [{ name: 'word', negated: false }] };

/** Whether the set accepts a code point. */
export function charSetHas(set: CharSet, code: number): boolean {
  const inside =
    rangesHave(set.ranges, code) || set.classes.some(({ name, negated }) => unicodeClassHas(name, code) !== negated);
  return inside !== set.negated;
}

const asciiOf = { digit: asciiDigit, word: asciiWord } as const;

/** The set's ASCII members as ranges: what is left of it for a subject without other characters. */
export function asciiMembers(set: CharSet): Ranges {
  const members: Range[] = [];
  for (let code = 0; code < 0x80; code++) {
    const inside =
      rangesHave(set.ranges, code) ||
      set.classes.some(({ name, negated }) => rangesHave(asciiOf[name], code) !== negated);
    if (inside !== set.negated) members.push([code, code]);
  }
  return normalizeRanges(members);
}

/** The set's members when there are at most `max` of them. */
export function membersUpTo(set: CharSet, max: number): readonly number[] | undefined {
  if (set.negated || set.classes.length > 0) return undefined;
  const members: number[] = [];
  for (const [from, to] of set.ranges) {
    if (members.length + to - from + 1 > max) return undefined;
    for (let code = from; code <= to; code++) members.push(code);
  }
  return members;
}

/** Whether the set accepts every character. */
export const isAnyChar = (set: CharSet): boolean =>
  set.classes.length === 0 &&
  (set.negated
    ? set.ranges.length === 0
    : set.ranges.length === 1 && set.ranges[0]?.[0] === 0 && set.ranges[0][1] === maxCodePoint);
