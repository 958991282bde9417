import fc from 'fast-check';
import { anyText } from '../testing/any-activity.ts';
import { percentEncode } from './percent-encode.ts';

test.each([
  ['https://example.org/commit/1?a=b&c=[d]#e', 'https://example.org/commit/1?a=b&c=[d]#e'],
  ['https://example.org/a b', 'https://example.org/a%20b'],
  ['https://example.org/\r\nATTACH:x', 'https://example.org/%0D%0AATTACH:x'],
  ['https://example.org/ü€\u{1f600}', 'https://example.org/%C3%BC%E2%82%AC%F0%9F%98%80'],
  ['https://example.org/%C3%BC', 'https://example.org/%C3%BC'],
  ['https://example.org/100%', 'https://example.org/100%25'],
  ['https://example.org/\ud800', 'https://example.org/%EF%BF%BD'],
])('%j becomes %s', (address, encoded) => {
  expect(percentEncode(address)).toBe(encoded);
});

test('any text becomes what a URI may hold, and stays so', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const encoded = percentEncode(text);
      expect(encoded).toMatch(/^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/);
      expect(percentEncode(encoded)).toBe(encoded);
    }),
  );
});
