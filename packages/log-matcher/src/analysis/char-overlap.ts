import { type CharSet, charSetHas } from '../chars/char-set.ts';
import { complementRanges, countOf, type Range, type Ranges } from '../chars/ranges.ts';
import { asciiDigit, asciiWord } from '../chars/unicode-classes.ts';

/** The ASCII members of a set as four words of bits, and whether it has others. */
export interface AsciiBits {
  readonly bits: readonly [number, number, number, number];
  readonly beyond: boolean;
}

type Bits = [number, number, number, number];

const asciiEnd = 0x7f;

function addRanges(bits: Bits, ranges: Ranges): void {
  for (const [from, to] of ranges) {
    for (let code = from; code <= Math.min(to, asciiEnd); code++) (bits[code >> 5] as number) |= 1 << (code & 31);
  }
}

const invert = (bits: Bits): Bits => [~bits[0], ~bits[1], ~bits[2], ~bits[3]];

function bitsOf({ negated, ranges, classes }: CharSet): AsciiBits {
  let bits: Bits = [0, 0, 0, 0];
  addRanges(bits, ranges);
  for (const { name, negated: without } of classes) {
    const members = name === 'digit' ? asciiDigit : asciiWord;
    addRanges(bits, without ? complementRanges(members) : members);
  }
  if (negated) bits = invert(bits);
  const last = ranges.at(-1);
  return { bits, beyond: negated || classes.length > 0 || (last !== undefined && last[1] > asciiEnd) };
}

const known = new WeakMap<CharSet, AsciiBits>();

/** Remembered per set: patterns share most of theirs. */
export function asciiBits(set: CharSet): AsciiBits {
  let found = known.get(set);
  if (found === undefined) {
    found = bitsOf(set);
    known.set(set, found);
  }
  return found;
}

/** Most characters that are tried one by one. */
const few = 64;

const beyondAscii = (ranges: Ranges): Ranges =>
  ranges.flatMap(([from, to]): Range[] => (to > asciiEnd ? [[Math.max(from, asciiEnd + 1), to]] : []));

function fewMembers({ negated, ranges, classes }: CharSet): readonly number[] | undefined {
  if (negated || classes.length > 0) return undefined;
  const beyond = beyondAscii(ranges);
  if (countOf(beyond) > few) return undefined;
  return beyond.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => from + index));
}

/** Beyond ASCII a set of classes alone is a union of these three: digits, other word characters, all else. */
function classBits({ negated, ranges, classes }: CharSet): number | undefined {
  if (beyondAscii(ranges).length > 0) return undefined;
  let bits = 0;
  for (const { name, negated: without } of classes) {
    const members = name === 'digit' ? 0b001 : 0b011;
    bits |= without ? 0b111 ^ members : members;
  }
  return negated ? 0b111 ^ bits : bits;
}

function plainRanges({ negated, ranges, classes }: CharSet): Ranges | undefined {
  if (classes.length > 0) return undefined;
  return beyondAscii(negated ? complementRanges(ranges) : ranges);
}

function rangesOverlap(a: Ranges, b: Ranges): boolean {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const [from, to] = a[i] as Range;
    const [otherFrom, otherTo] = b[j] as Range;
    if (from <= otherTo && otherFrom <= to) return true;
    if (to < otherTo) i += 1;
    else j += 1;
  }
  return false;
}

/** Whether two sets share a character beyond ASCII; says so too where that would take long to find out. */
export function overlapBeyondAscii(a: CharSet, b: CharSet): boolean {
  const someOfA = fewMembers(a);
  if (someOfA !== undefined) return someOfA.some((code) => charSetHas(b, code));
  const someOfB = fewMembers(b);
  if (someOfB !== undefined) return someOfB.some((code) => charSetHas(a, code));
  const [bitsOfA, bitsOfB] = [classBits(a), classBits(b)];
  if (bitsOfA !== undefined && bitsOfB !== undefined) return (bitsOfA & bitsOfB) !== 0;
  const [rangesOfA, rangesOfB] = [plainRanges(a), plainRanges(b)];
  return rangesOfA === undefined || rangesOfB === undefined || rangesOverlap(rangesOfA, rangesOfB);
}
