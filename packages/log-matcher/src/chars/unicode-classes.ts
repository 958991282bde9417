import type { Ranges } from './ranges.ts';

/**
 * Python's `\d` and `\w` for `str` (`str.isdecimal()`; `str.isalnum()` or underscore) by Unicode property, as the inside
 * of a V8 class. The character database is the running V8's, which may be newer than a given Python's.
 */
export const unicodeClassSource = { digit: '\\p{Nd}', word: '\\p{L}\\p{N}_' } as const;

export type UnicodeClass = keyof typeof unicodeClassSource;

const digit = new RegExp(`^[${unicodeClassSource.digit}]`, 'u');
const word = new RegExp(`^[${unicodeClassSource.word}]`, 'u');

/** Whether a code point belongs to the class. */
export const unicodeClassHas = (name: UnicodeClass, code: number): boolean =>
  (name === 'digit' ? digit : word).test(String.fromCodePoint(code));

/** `str.isspace()`: a fixed list, unlike JavaScript's `\s` with U+001C to U+001F and U+0085, without U+FEFF. */
export const unicodeSpace: Ranges = [
  [0x09, 0x0d],
  [0x1c, 0x20],
  [0x85, 0x85],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
];

export const asciiSpace: Ranges = [
  [0x09, 0x0d],
  [0x20, 0x20],
];

export const asciiDigit: Ranges = [[0x30, 0x39]];

export const asciiWord: Ranges = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];

/** JavaScript's `\s`: white space and line terminators of ECMA-262. */
export const javaScriptSpace: Ranges = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
