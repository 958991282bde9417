import fc from 'fast-check';
import { ageText } from './age-text.ts';
import { jsonLine } from './json-line.ts';
import { sizeText } from './size-text.ts';
import { cutText, textWidth } from './text-width.ts';

test.each([
  [0, '0s'],
  [-5000, '0s'],
  [59_999, '59s'],
  [60_000, '1m'],
  [7_199_999, '119m'],
  [7_200_000, '2h'],
  [259_199_999, '71h'],
  [259_200_000, '3d'],
])('an age of %d ms is %s', (ms, text) => {
  expect(ageText(ms)).toBe(text);
});

test.each([
  [0, '0'],
  [1023, '1023'],
  [1024, '1.0K'],
  [10_188, '9.9K'],
  [10_189, '10K'],

  [1_023_487, '999K'],
  [1_023_488, '1.0M'],
  [5_000_000_000_000, '4.5T'],
])('%d bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});

test('no size takes more than five letters, and none is shown as more than its next', () => {
  fc.assert(fc.property(fc.nat(2 ** 31), (bytes) => sizeText(bytes * 1000).length <= 5));
});

test.each([
  ['plain@x.test', 12],
  ['日本@x.test', 11],
  ['e\u0301', 1],
  ['🎉', 2],
])('%s takes %d cells', (text, width) => {
  expect(textWidth(text)).toBe(width);
});

test('a text that is cut takes no more cells than it may, and one that fits is not cut', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 50 }), fc.integer({ min: 1, max: 40 }), (text, width) => {
      const cut = cutText(text, width);
      expect(textWidth(cut)).toBeLessThanOrEqual(width);
      if (textWidth(text) <= width && text.length <= width * 4) expect(cut).toBe(text);
    }),
  );
});

test('JSON of any text is one line without control characters, and means the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const line = jsonLine({ text });
      expect(JSON.parse(line)).toEqual({ text });
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about.
      expect(line.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/);
    }),
  );
});
