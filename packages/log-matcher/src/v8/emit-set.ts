import { asciiMembers, type CharSet, type ClassMember, isAnyChar } from '../chars/char-set.ts';
import { complementRanges, countOf, type Range, type Ranges } from '../chars/ranges.ts';
import { asciiWord, unicodeClassSource } from '../chars/unicode-classes.ts';

const never = '[]';
const always = '[^]';

/** One character, safe both inside and outside a class. */
function charSource(code: number): string {
  if (/^[0-9A-Za-z_ ]$/.test(String.fromCharCode(code))) return String.fromCharCode(code);
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
}

const rangeSource = ([from, to]: Range): string =>
  from === to ? charSource(from) : `${charSource(from)}${to === from + 1 ? '' : '-'}${charSource(to)}`;

function rangesSource(ranges: Ranges, negated: boolean): string {
  if (ranges.length === 0) return negated ? always : never;
  const [only] = ranges as [Range];
  if (!negated && ranges.length === 1 && only[0] === only[1]) return charSource(only[0]);
  return `[${negated ? '^' : ''}${ranges.map(rangeSource).join('')}]`;
}

/** The set as V8 source for subjects of ASCII characters alone: a plain class, quick without the `u` flag. */
export function asciiSetSource(set: CharSet): string {
  const members = asciiMembers(set);
  const others = complementRanges(members).filter(([from]) => from < 0x80);
  const bounded = others.map(([from, to]): Range => [from, Math.min(to, 0x7f)]);
  if (members.length === 0) return never;
  if (bounded.length === 0) return always;
  if (same(members, asciiWord)) return '\\w';
  if (same(bounded, asciiWord)) return '\\W';
  return countOf(bounded) < countOf(members) ? rangesSource(bounded, true) : rangesSource(members, false);
}

const same = (a: Ranges, b: Ranges): boolean =>
  a.length === b.length && a.every(([from, to], index) => from === b[index]?.[0] && to === b[index]?.[1]);

/** The set as V8 source for any subject, under the `u` flag. */
export function unicodeSetSource(set: CharSet): string {
  if (isAnyChar(set)) return always;
  const plain = set.classes.filter(({ negated }) => !negated);
  const negated = set.classes.filter((member) => member.negated);
  const inside = `${set.ranges.map(rangeSource).join('')}${plain.map(classSource).join('')}`;
  if (set.classes.length === 0) return rangesSource(set.ranges, set.negated);
  if (negated.length === 0) return `[${set.negated ? '^' : ''}${inside}]`;
  // The `u` flag has no class inside a class, so a complement in a union becomes an alternative.
  const union = [...negated.map((member) => `[^${classSource(member)}]`), ...(inside === '' ? [] : [`[${inside}]`])];
  if (union.length === 1 && !set.negated) return union[0] as string;
  if (union.length === 1) return `[${classSource(negated[0] as ClassMember)}]`;
  return set.negated ? `(?:(?!${union.join('|')})[^])` : `(?:${union.join('|')})`;
}

const classSource = ({ name }: ClassMember): string => unicodeClassSource[name];
