import type { PatternReader } from './pattern-reader.ts';
import type { SetItem } from './set-items.ts';

const hexDigits = '0123456789abcdefABCDEF';
const octalDigits = '01234567';

const controls: Readonly<Record<string, number>> = {
  '\\a': 7,
  '\\b': 8,
  '\\f': 12,
  '\\n': 10,
  '\\r': 13,
  '\\t': 9,
  '\\v': 11,
  '\\\\': 92,
};

const classes: Readonly<Record<string, SetItem>> = {
  '\\d': { kind: 'class', name: 'digit', negated: false },
  '\\D': { kind: 'class', name: 'digit', negated: true },
  '\\s': { kind: 'class', name: 'space', negated: false },
  '\\S': { kind: 'class', name: 'space', negated: true },
  '\\w': { kind: 'class', name: 'word', negated: false },
  '\\W': { kind: 'class', name: 'word', negated: true },
};

/** What to write for escapes that other dialects have. */
const foreign: Readonly<Record<string, string>> = {
  '\\e': '\\x1b',
  '\\h': '[ \\t]',
  '\\p': 'a set of characters; [^\\W\\d_] is any letter',
  '\\P': 'a set of characters; [\\W\\d_] is all but letters',
  '\\R': '(?:\\r\\n|[\\n\\r])',
  '\\z': '\\Z for the end of the text',
};

const literal = (code: number): SetItem => ({ kind: 'range', from: code, to: code });

function hexEscape(reader: PatternReader, token: string, digitCount: number): number {
  const start = reader.at - token.length;
  const digits = reader.takeWhile(hexDigits, digitCount);
  if (digits.length !== digitCount) {
    reader.fail(`incomplete escape ${token}${digits}`, `write ${digitCount} hexadecimal digits`, start);
  }
  const code = Number.parseInt(digits, 16);
  if (code > 0x10ffff) reader.fail(`bad escape ${token}${digits}`, 'write a code point up to 0010ffff', start);
  return code;
}

/** Value of up to three octal digits, of which some are taken. */
function octalValue(reader: PatternReader, digits: string, start: number): number {
  const code = Number.parseInt(digits, 8);
  if (code > 0o377) reader.fail(`octal escape \\${digits} is above \\377`, 'write \\uXXXX', start);
  return code;
}

/**
 * What an escape means that is no digit and no assertion: a character or a class. The token is taken already.
 * Unknown letters are refused, as Python does; anything else stands for itself.
 */
export function parseCharEscape(reader: PatternReader, token: string): SetItem {
  const known = classes[token];
  if (known !== undefined) return known;
  const control = controls[token];
  if (control !== undefined) return literal(control);
  switch (token) {
    case '\\x':
      return literal(hexEscape(reader, token, 2));
    case '\\u':
      return literal(hexEscape(reader, token, 4));
    case '\\U':
      return literal(hexEscape(reader, token, 8));
    case '\\N':
      return reader.fail(
        'characters by name are not supported',
        'write \\uXXXX or the character itself',
        reader.at - token.length,
        'ERR_LOG_MATCHER_UNSUPPORTED',
      );
  }
  if (/^\\[a-zA-Z0-9]$/.test(token)) {
    const cure = `write ${foreign[token] ?? `${token.slice(1)} for the character itself, or \\\\ for a backslash`}`;
    reader.fail(`bad escape ${token}`, cure, reader.at - token.length);
  }
  return literal(token.codePointAt(1) as number);
}

/** An escape inside `[…]`: `\b` is a backspace there, and digits are octal. The token is taken already. */
export function parseSetEscape(reader: PatternReader, token: string): SetItem {
  const start = reader.at - token.length;
  if (octalDigits.includes(token.slice(1))) {
    return literal(octalValue(reader, token.slice(1) + reader.takeWhile(octalDigits, 2), start));
  }
  return parseCharEscape(reader, token);
}

/** A digit escape outside `[…]`: a character in octal, or the number of a group. The token is taken already. */
export function parseDigitEscape(reader: PatternReader, token: string): { code: number } | { group: number } {
  const start = reader.at - token.length;
  const first = token.slice(1);
  if (first === '0') return { code: octalValue(reader, first + reader.takeWhile(octalDigits, 2), start) };
  const second = reader.takeWhile('0123456789', 1);
  const bothOctal = octalDigits.includes(first) && second !== '' && octalDigits.includes(second);
  if (bothOctal && reader.next !== '' && octalDigits.includes(reader.next)) {
    return { code: octalValue(reader, first + second + reader.take(), start) };
  }
  return { group: Number(first + second) };
}
