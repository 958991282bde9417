import fc from 'fast-check';
import { decodeModifiedUtf7, decodeUtf7 } from './utf7.ts';

test.each([
  ['Entw&APw-rfe', 'Entwürfe'],
  ['~peter/mail/&U,BTFw-/&ZeVnLIqe-', '~peter/mail/台北/日本語'],
  ['R&-D', 'R&D'],
  ['&2D3eAA-', '😀'],
  ['plain', 'plain'],
])('the mailbox name %s is %s', (name, text) => {
  expect(decodeModifiedUtf7(name)).toBe(text);
});

test.each(['&', 'a&b', '&APw', '&A-', '&AP-', '&AP!-', 'R&D', '&APw-&x-'])(
  'the mailbox name %s stays as it is',
  (name) => {
    expect(decodeModifiedUtf7(name)).toBe(name);
  },
);

test('any name in modified UTF-7 comes out as the text that it was made of', () => {
  const encode = (text: string): string =>
    text.replaceAll('&', '&-').replace(/[^ -~]+/g, (run) => {
      const base64 = Buffer.from(run, 'utf16le').swap16().toString('base64');
      return `&${base64.replaceAll('/', ',').replaceAll('=', '')}-`;
    });
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(decodeModifiedUtf7(encode(text))).toBe(text);
    }),
  );
});

test('UTF-7 that is broken stays as it is', () => {
  expect(decodeUtf7(Buffer.from('a+b +A- +AOQ'))).toBe('a+b +A- ä');
});
