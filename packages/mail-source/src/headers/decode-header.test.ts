import fc from 'fast-check';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { askPython, python } from '../../../../tools/testing/python.ts';
import { decodeHeader } from './decode-header.ts';

const base64 = (text: string | Uint8Array): string => Buffer.from(text as string).toString('base64');
const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
const decodeBytes = (...bytes: number[]): string => decodeHeader(String.fromCharCode(...bytes));

describe('encoded words', () => {
  test.each([
    ['Q', '=?utf-8?Q?J=C3=BCrgen_M?=', 'Jürgen M'],
    ['B', '=?utf-8?B?SsO8cmdlbg==?=', 'Jürgen'],
    ['B without padding', '=?utf-8?B?SsO8cmdlbg?=', 'Jürgen'],
    ['small letters', '=?UTF-8?q?=c3=bc?=', 'ü'],
    ['text around them', 'Re: =?utf-8?Q?=C3=BC?= (x)', 'Re: ü (x)'],
    ['blanks between two, which go', '=?utf-8?Q?a?= \t =?utf-8?Q?b?=', 'ab'],
    ['blanks before and after text, which stay', 'a =?utf-8?Q?b?= c =?utf-8?Q?d?=', 'a b c d'],
    ['a character split between two words', '=?utf-8?Q?=E2=82?= =?utf-8?Q?=AC?=', '€'],
    ['a character split between padded words', '=?utf-8?B?4oI=?= =?utf-8?B?rA==?=', '€'],
    ['a character split between B and Q', '=?utf-8?B?4oI=?= =?utf-8?Q?=AC?=', '€'],
    ['two charsets', '=?utf-8?Q?=C3=BC?= =?iso-8859-1?Q?=FC?=', 'üü'],
    ['a language (RFC 2231)', '=?utf-8*en-GB?Q?colour?=', 'colour'],
    ['a charset with a colon', '=?ISO_8859-1:1987?Q?=FC?=', 'ü'],
    ['within quotes', '"=?utf-8?Q?=C3=BC?="', '"ü"'],
    ['without blanks around', 'a=?utf-8?Q?b?=c', 'abc'],
    ['blanks in it', '=?utf-8?Q?a b?=', 'a b'],
    ['a question mark in it', '=?utf-8?Q?a?b?=', 'a?b'],
    ['an equals sign at its end', '=?utf-8?Q?a=?=', 'a='],
    ['escapes that are none', '=?utf-8?Q?=GG=4?=', '=GG=4'],
    ['nothing', '=?utf-8?Q??=', ''],
    ['line breaks, which become blanks', '=?utf-8?Q?a=0D=0Ab=00c?=', 'a  bc'],
  ])('%s', (_, raw, text) => {
    expect(decodeHeader(raw)).toBe(text);
  });

  test.each([
    'a =? b',
    '=?utf-8?Q?never ends',
    '=?utf-8?X?a?=',
    '=??Q?a?=',
    '=?utf 8?Q?a?=',
    '=?utf-8?Q',
    '=?',
    '=?=?=?=',
    '?=',
  ])('%j is no word and stays', (raw) => {
    expect(decodeHeader(raw)).toBe(raw);
  });

  test('of a word without an end and a whole one, the whole one is decoded', () => {
    expect(decodeHeader('=?utf-8?Q?a =?utf-8?Q?=C3=BC?=')).toBe('=?utf-8?Q?a ü');
  });

  test('what a word decodes to is not decoded again', () => {
    expect(decodeHeader(`=?utf-8?B?${base64('=?utf-8?Q?a?=')}?=`)).toBe('=?utf-8?Q?a?=');
  });
});

describe('charsets', () => {
  test.each([
    ['windows-1252', [0x80, 0x99, 0xfc], '€™ü'],
    ['iso-8859-1', [0xfc], 'ü'],
    ['iso-8859-15', [0xa4], '€'],
    ['iso8859_15', [0xa4], '€'],
    ['koi8-r', [0xf0, 0xd2], 'Пр'],
    ['iso-2022-jp', [0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42], '日本'],
    ['shift_jis', [0x93, 0xfa], '日'],
    ['cp932', [0x93, 0xfa], '日'],
    ['gb2312', [0xc8, 0xd5], '日'],
    ['cp936', [0xc8, 0xd5], '日'],
    ['big5', [0xa4, 0xe9], '日'],
    ['ks_c_5601-1987', [0xc0, 0xcf], '일'],
    ['x-cp1251', [0xcf], 'П'],
    ['cp-1251', [0xcf], 'П'],
    ['win-1251', [0xcf], 'П'],
    ['utf-7', [...Buffer.from('a+AOQ-b +- c')], 'aäb + c'],
    ['us-ascii', [0xc3, 0xbc], 'ü'],
  ])('%s', (charset, bytes, text) => {
    const unknown: string[] = [];
    const raw = `=?${charset}?B?${base64(Uint8Array.from(bytes))}?=`;
    expect(decodeHeader(raw, (name) => void unknown.push(name))).toBe(text);
    expect(unknown).toEqual([]);
  });

  test('one that is not known is taken for UTF-8, else for windows-1252, and told of once', () => {
    const unknown: string[] = [];
    const raw = '=?klingon?Q?=C3=BC?= =?x-nothing?Q?=FC=80?= =?hz-gb-2312?Q?a?=';
    expect(decodeHeader(raw, (name) => void unknown.push(name))).toBe('üü€a');
    expect(unknown).toEqual(['klingon']);
  });

  test('bytes that no charset names are UTF-8, else windows-1252', () => {
    expect(decodeHeader(latin1('Grüße €'))).toBe('Grüße €');
    expect(decodeBytes(0x47, 0xfc, 0x80)).toBe('Gü€');
    expect(decodeBytes(0xc3, 0xbc)).toBe('ü');
  });

  test('raw UTF-8 beside a word in Latin-1 both come out right', () => {
    expect(decodeHeader(`${latin1('ü')} =?iso-8859-1?Q?=FC?=`)).toBe('ü ü');
  });
});

test('a header is one line without control characters', () => {
  expect(decodeHeader('a\r b\tc\u0000d\u007fe ')).toBe('a  b cde');
  for (const bytes of fc.sample(fc.uint8Array({ maxLength: 200 }), 300))
    expect(decodeHeader(Buffer.from(bytes).toString('latin1'))).not.toMatch(/\p{Cc}/u);
});

test.each([
  ['words', '=?utf-8?Q?=C3=BC?= '],
  ['words without an end', '=?utf-8?Q?a'],
  ['beginnings of words', '=?'],
  ['charsets that are not known', (index: number) => `=?x${index}?Q?a?= `],
  ['ends of words', '?='],
  ['words within words', '=?utf-8?Q?=?utf-8?Q?'],
  ['words that end in blanks', '=?utf-8?Q? '],
])('a megabyte of %s takes no longer than it must', (_, piece) => {
  const text = Array.from({ length: 100_000 }, (_, index) => (typeof piece === 'string' ? piece : piece(index))).join(
    '',
  );
  expect(decodeHeader(text).length).toBeGreaterThanOrEqual(100_000);
});

describeWith([python], 'against Python', () => {
  const oracle = `
from email.header import decode_header
def decode(value):
    parts = [(part.encode() if isinstance(part, str) else part, charset) for part, charset in decode_header(value)]
    return ''.join(part.decode(charset or 'ascii') for part, charset in parts)
json.dump([decode(value) for value in json.load(sys.stdin)], sys.stdout)
`;
  const quoted = (bytes: Uint8Array): string =>
    [...bytes].map((byte) => (byte === 32 ? '_' : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)).join('');
  const text = fc.string({ unit: fc.constantFrom(...'abc ÄöÜß€éñ'), minLength: 1, maxLength: 8 });
  const word = fc
    .tuple(text, fc.constantFrom('utf-8', 'iso-8859-15', 'utf-16be'), fc.boolean())
    .map(([chars, charset, isBase64]) => {
      const utf16 = Buffer.from(chars, 'utf16le').swap16();
      const latin9 = Buffer.from(chars.replaceAll('€', '\u00a4'), 'latin1');
      const bytes = charset === 'utf-8' ? Buffer.from(chars) : charset === 'utf-16be' ? utf16 : latin9;
      return `=?${charset}?${isBase64 ? `b?${bytes.toString('base64')}` : `q?${quoted(bytes)}`}?=`;
    });
  const header = fc
    .array(fc.oneof(word, fc.constantFrom('plain', 'Re:', '(x)', 'a=b', '?')), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.join(' '));

  test('thousands of headers with words in several charsets come out the same', () => {
    const headers = fc.sample(header, { numRuns: 3000, seed: 7 });
    const squeeze = (value: string): string => value.replace(/\s+/g, ' ').trim();
    const theirs = askPython<string[]>(oracle, headers);
    expect(headers.map((value) => squeeze(decodeHeader(value)))).toEqual(theirs.map(squeeze));
  });

  test('words that split their characters anywhere come out the same', () => {
    const split = fc
      .tuple(fc.string({ unit: fc.constantFrom(...'aé€😀'), minLength: 2, maxLength: 8 }), fc.nat(20))
      .map(([chars, at]) => {
        const bytes = Buffer.from(chars);
        const cut = 1 + (at % Math.max(1, bytes.length - 1));
        return `=?utf-8?b?${bytes.subarray(0, cut).toString('base64')}?=\n =?utf-8?b?${bytes.subarray(cut).toString('base64')}?=`;
      });
    const headers = fc.sample(split, { numRuns: 500, seed: 7 });
    expect(headers.map((value) => decodeHeader(value))).toEqual(askPython<string[]>(oracle, headers));
  });
});
