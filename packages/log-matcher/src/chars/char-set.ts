import { complementRanges, maxCodePoint, type Range, type Ranges, rangesHave } from './ranges.ts';
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

const setOf = (code: number): CharSet => ({ negated: false, ranges: [[code, code]], classes: [] });

/** Patterns are mostly made of these: one object for each spares time and lets others tell them by identity. */
const asciiSets: readonly CharSet[] = Array.from({ length: 0x80 }, (_, code) => setOf(code));

export const singleChar = (code: number): CharSet => asciiSets[code] ?? setOf(code);

export const anyChar: CharSet = { negated: true, ranges: [], classes: [] };

export const allButNewline: CharSet = { negated: true, ranges: [[10, 10]], classes: [] };

const asciiWordChars: CharSet = { negated: false, ranges: asciiWord, classes: [] };
const unicodeWordChars: CharSet = { negated: false, ranges: [], classes: [{ name: 'word', negated: false }] };

export const wordChars = (ascii: boolean): CharSet => (ascii ? asciiWordChars : unicodeWordChars);

/** Whether the set accepts a code point. */
export function charSetHas(set: CharSet, code: number): boolean {
  const inside =
    rangesHave(set.ranges, code) || set.classes.some(({ name, negated }) => unicodeClassHas(name, code) !== negated);
  return inside !== set.negated;
}

const asciiOf = { digit: asciiDigit, word: asciiWord } as const;

/** The set's ASCII members as ranges: what is left of it for a subject without other characters. */
export function asciiMembers(set: CharSet): Ranges {
  const inside = new Uint8Array(0x80);
  for (const [from, to] of set.ranges) inside.fill(1, from, to + 1);
  for (const { name, negated } of set.classes) {
    const ranges = negated ? complementRanges(asciiOf[name]) : asciiOf[name];
    for (const [from, to] of ranges) inside.fill(1, from, to + 1);
  }
  const wanted = set.negated ? 0 : 1;
  const members: Range[] = [];
  for (let from = inside.indexOf(wanted); from !== -1; ) {
    const behind = inside.indexOf(1 - wanted, from);
    members.push([from, (behind === -1 ? 0x80 : behind) - 1]);
    from = behind === -1 ? -1 : inside.indexOf(wanted, behind);
  }
  return members;
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
