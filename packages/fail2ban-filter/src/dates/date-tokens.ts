import { dayAbbreviations, dayNames, monthAbbreviations, monthNames } from './date-names.ts';

/** Longest first, so that no name hides one that it begins. */
const anyOf = (names: readonly string[]): string => [...names].sort((a, b) => b.length - a.length).join('|');

const group = (name: string, regex: string): [string, string] => [name, `(?P<${name}>${regex})`];
const named = (token: string, name: string, regex: string, before = ''): [string, string] => [
  token,
  `${before}(?P<${name}>${regex})`,
];

const strictOffset = String.raw`[+-][01]\d(?::?\d{2})?`;
const letters = '[A-Z](?:[A-Z]{2,4})?';
const day = String.raw`3[0-1]|[1-2]\d|0[1-9]|[1-9]| [1-9]`;
const month = '1[0-2]|0[1-9]|[1-9]';
const clock = String.raw`(?P<H>2[0-3]|[0-1]\d|\d):(?P<M>[0-5]\d|\d):(?P<S>6[0-1]|[0-5]\d|\d)`;
const weekday = `(?P<a>${dayAbbreviations.join('|')})`;
const monthName = `(?P<b>${monthAbbreviations.join('|')})`;

/**
 * What the tokens of a `datepattern` match: those of Python's `strptime`, with fail2ban's own looser forms, and its
 * `%Ex…` forms, which want every digit. `%ExY` is not among them: see {@link exactYear}.
 */
export const dateTokens: ReadonlyMap<string, string> = new Map([
  group('Y', String.raw`\d{4}`),
  group('y', String.raw`\d\d`),
  group('m', '0?[1-9]|1[0-2]'),
  group('d', String.raw`[1-2]\d|[0 ]?[1-9]|3[0-1]`),
  group('H', String.raw`[0-1]?\d|2[0-3]`),
  group('I', '1[0-2]|0[1-9]|[1-9]'),
  named('k', 'H', String.raw`[0-2]?\d`, ' ?'),
  named('l', 'I', String.raw`1?\d`, ' ?'),
  group('M', String.raw`[0-5]?\d`),
  group('S', String.raw`[0-5]?\d|6[0-1]`),
  group('f', '[0-9]{1,6}'),
  group('p', 'am|pm'),
  group('a', dayAbbreviations.join('|')),
  group('b', monthAbbreviations.join('|')),
  group('A', anyOf(dayNames)),
  group('B', anyOf(monthNames)),
  group('j', String.raw`36[0-6]|3[0-5]\d|[1-2]\d\d|0[1-9]\d|00[1-9]|[1-9]\d|0[1-9]|[1-9]`),
  group('U', String.raw`5[0-3]|[0-4]\d|\d`),
  group('W', String.raw`5[0-3]|[0-4]\d|\d`),
  group('V', String.raw`5[0-3]|0[1-9]|[1-4]\d|\d`),
  group('G', String.raw`\d\d\d\d`),
  group('u', '[1-7]'),
  group('w', '[0-6]'),
  group('Z', 'Z|[A-Z]{3,5}'),
  group('z', `Z|UTC|GMT|${strictOffset}`),
  ['c', String.raw`${weekday}\s+${monthName}\s+(?P<d>${day})\s+${clock}\s+(?P<Y>\d\d\d\d)`],
  ['x', String.raw`(?P<m>${month})/(?P<d>${day})/(?P<y>\d\d)`],
  ['X', clock],
  ['%', '%'],
  named('Exy', 'y', String.raw`\d{2}`),
  named('Exm', 'm', '0[1-9]|1[0-2]'),
  named('Exd', 'd', String.raw`[1-2]\d|0[1-9]|3[0-1]`),
  named('ExH', 'H', String.raw`[0-1]\d|2[0-3]`),
  named('Exk', 'H', String.raw`[0-1]?\d|2[0-3]`, ' ?'),
  named('Exl', 'I', String.raw`1[0-2]|\d`, ' ?'),
  named('ExM', 'M', String.raw`[0-5]\d`),
  named('ExS', 'S', String.raw`[0-5]\d|6[0-1]`),
  named('ExZ', 'Z', letters),
  named('Exz', 'z', `(?:${letters})?${strictOffset}|${letters}`),
]);
