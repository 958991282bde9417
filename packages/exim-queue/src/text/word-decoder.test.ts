import fc from 'fast-check';
import { wordDecoder } from './word-decoder.ts';

const decode = await wordDecoder();

test.each([
  ['=?utf-8?B?w4RuZGVydW5n?=', 'Änderung'],
  ['=?ISO-8859-1?Q?Gr=F6=DFe_1?= plain', 'Größe 1 plain'],
  // A character may be cut in two by some programs.
  ['=?utf-8?B?w4Ru?= =?utf-8?Q?derung?=', 'Änderung'],
  ['Re: plain, größer', 'Re: plain, größer'],
  ['=?broken?B?', '=?broken?B?'],
])('%s is decoded to %s', (text, decoded) => {
  expect(decode(text)).toBe(decoded);
});

test('a text of more than 64 Ki characters stays as it is', () => {
  const text = '=?utf-8?Q?=41?= '.repeat(5000);
  expect(decode(text)).toBe(text);
});

test('no text makes it throw', () => {
  const part = fc.constantFrom(
    '=?',
    '?=',
    '?',
    'utf-8',
    'B',
    'q',
    '=41',
    '=',
    'w4Q',
    ' ',
    'nonsense-8',
    'x-unknown',
    '\n',
  );
  fc.assert(fc.property(fc.array(part), (parts) => typeof decode(parts.join('')) === 'string'));
  fc.assert(fc.property(fc.string(), (text) => typeof decode(`=?${text}?=`) === 'string'));
});
