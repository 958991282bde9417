import fc from 'fast-check';
import { anyText } from '../testing/any-activity.ts';
import { ContentLines } from './content-lines.ts';
import { sanitizeText } from './sanitize-text.ts';
import { unescapeText } from './unescape-text.ts';

/** The line `X:<value>` as it is written, without the last CR LF. */
function line(value: string): string {
  const lines = new ContentLines();
  lines.ascii('X:');
  lines.text(value);
  lines.endLine();
  return lines.bytes.toString().slice(0, -2);
}
const folds = (value: string): number[] =>
  line(value)
    .split('\r\n')
    .map((part) => Buffer.byteLength(part));

describe.each([
  ['one octet', 'a', 1],
  ['two octets', 'é', 2],
  ['three octets', '€', 3],
  ['four octets', '\u{1f600}', 4],
])('a character of %s', (_, character, octets) => {
  test.each([74, 75])('that ends at octet %i is not folded', (end) => {
    const value = `${'x'.repeat(end - 2 - octets)}${character}`;
    expect(line(value)).toBe(`X:${value}`);
  });

  test('that would end at octet 76 begins the next line whole', () => {
    const filler = 'x'.repeat(76 - 2 - octets);
    expect(line(`${filler}${character}`)).toBe(`X:${filler}\r\n ${character}`);
  });

  test('fills further lines up to 75 octets, their space counted', () => {
    const lengths = folds(character.repeat(400));
    expect(lengths.slice(1, -1).every((length) => length === 1 + octets * Math.floor(74 / octets))).toBe(true);
  });
});

test.each([
  ['backslash, semicolon, comma', '\\;,', '\\\\\\;\\,'],
  ['LF', 'a\nb', 'a\\nb'],
  ['CR LF', 'a\r\nb', 'a\\nb'],
  ['CR', 'a\rb', 'a\\nb'],
  ['CR CR LF', 'a\r\r\nb', 'a\\n\\nb'],
  ['LF CR', 'a\n\rb', 'a\\n\\nb'],
  ['TAB', 'a\tb', 'a\tb'],
  ['other controls and DEL', 'a\u0000\u0007\u000b\u001b\u007fb', 'ab'],
  ['a high surrogate alone', 'a\ud800b', 'a\ufffdb'],
  ['a low surrogate alone', 'a\udc00b', 'a\ufffdb'],
  ['surrogates in the wrong order', '\udc00\ud800', '\ufffd\ufffd'],
  ['a high surrogate at the end', 'a\ud83d', 'a\ufffd'],
  ['a backslash before n', '\\No newline', '\\\\No newline'],
  ['quotes', '"a"', '"a"'],
])('writes %s as a reader expects it', (_, value, written) => {
  expect(line(value)).toBe(`X:${written}`);
});

test('does not cut an escape in two', () => {
  expect(line(`${'x'.repeat(72)},`)).toBe(`X:${'x'.repeat(72)}\r\n \\,`);
});

test('any text comes back sanitized, from lines of at most 75 octets of UTF-8', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const written = line(text);
      for (const part of written.split('\r\n')) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(75);
      expect(written).not.toMatch(/[^\r]\n|\r[^\n]/);
      expect(unescapeText(written.replaceAll('\r\n ', '').slice(2))).toBe(sanitizeText(text));
    }),
    { numRuns: 2000 },
  );
});

test('a text of megabytes is written whole, and its memory is let go', () => {
  const lines = new ContentLines();
  lines.text('€'.repeat(1_000_000));
  expect(lines.bytes.length).toBeGreaterThan(3_000_000);
  lines.clear();
  lines.text('a');
  expect(lines.bytes.buffer.byteLength).toBeLessThan(1_000_000);
});
