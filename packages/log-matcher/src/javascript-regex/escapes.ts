import { propertyRanges } from '../chars/property-ranges.ts';
import { complementRanges, type Ranges } from '../chars/ranges.ts';
import type { PatternReader } from '../python-regex/pattern-reader.ts';
import { classRanges } from './class-ranges.ts';

const hexDigits = '0123456789abcdefABCDEF';
const digits = '0123456789';

const controls: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13 };

/** What to write for escapes that other dialects have. */
const foreign: Readonly<Record<string, string>> = {
  A: '^ without the flag m for the start of the text',
  Z: '$ without the flag m for the end of the text',
  z: '$ without the flag m for the end of the text',
  a: '\\x07',
  e: '\\x1b',
  h: '[ \\t]',
  U: '\\u{…}',
};

const isLeading = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;
const isTrailing = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;

/** A character, or all characters of a class. */
export type Escaped = { readonly code: number } | { readonly ranges: Ranges };

function fixedHex(reader: PatternReader, count: number): number | undefined {
  const text = reader.takeWhile(hexDigits, count);
  return text.length === count ? Number.parseInt(text, 16) : undefined;
}

/** `{…}` or four digits behind `\u`, of which a leading surrogate takes a trailing one with it. */
export function parseUnicodeEscape(reader: PatternReader, start: number): number {
  const cure = 'write \\uXXXX or \\u{X…}, up to 10ffff';
  if (reader.takeIf('{')) {
    const text = reader.takeWhile(hexDigits, Number.POSITIVE_INFINITY);
    const code = Number.parseInt(text, 16);
    if (text === '' || !reader.takeIf('}') || code > 0x10ffff) reader.fail('bad escape \\u', cure, start);
    return code;
  }
  const code = fixedHex(reader, 4) ?? reader.fail('incomplete escape \\u', cure, start);
  if (!isLeading(code) || reader.next !== '\\u') return code;
  const behind = reader.at;
  reader.take();
  const trail = fixedHex(reader, 4);
  if (trail !== undefined && isTrailing(trail)) return (code - 0xd800) * 0x400 + (trail - 0xdc00) + 0x10000;
  reader.seek(behind);
  return code;
}

function parseProperty(reader: PatternReader, negated: boolean, start: number): Ranges {
  const cure = 'write \\p{L}, \\p{Script=Greek} and the like';
  if (!reader.takeIf('{')) reader.fail(`missing "{" after \\${negated ? 'P' : 'p'}`, cure, start);
  const name = reader.takeUntil('}', 'property');
  const ranges = propertyRanges(name);
  if (ranges === undefined) reader.fail(`unknown property "${reader.shown(name)}"`, cure, start);
  return negated ? complementRanges(ranges) : ranges;
}

/**
 * What an escape means that is no assertion and no reference. The token is taken already.
 *
 * Unknown letters and digits are refused, as with the flag `u`; all else stands for itself, as without.
 */
export function parseEscape(reader: PatternReader, token: string, ignoreCase: boolean): Escaped {
  const start = reader.at - token.length;
  const letter = token.slice(1);
  const control = controls[letter];
  if (control !== undefined) return { code: control };
  const ranges = classRanges(letter, ignoreCase);
  if (ranges !== undefined) return { ranges };
  switch (letter) {
    case '0':
      if (reader.next === '' || !digits.includes(reader.next)) return { code: 0 };
      return reader.fail('octal escape', 'write \\xXX', start);
    case 'c': {
      const control = /^[a-zA-Z]$/.test(reader.next) ? reader.take() : undefined;
      if (control === undefined) reader.fail('\\c without a letter', 'write \\cJ, or \\\\c for a backslash', start);
      return { code: control.charCodeAt(0) % 32 };
    }
    case 'x': {
      const code = fixedHex(reader, 2) ?? reader.fail('incomplete escape \\x', 'write 2 hexadecimal digits', start);
      return { code };
    }
    case 'u':
      return { code: parseUnicodeEscape(reader, start) };
    case 'p':
    case 'P':
      return { ranges: parseProperty(reader, letter === 'P', start) };
  }
  if (/^[a-zA-Z0-9]$/.test(letter)) {
    const cure = foreign[letter] ?? `${letter} for the character itself, or \\\\ for a backslash`;
    reader.fail(`bad escape ${token}`, `write ${cure}`, start);
  }
  return { code: letter.codePointAt(0) as number };
}
