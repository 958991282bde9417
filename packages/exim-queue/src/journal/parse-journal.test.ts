import fc from 'fast-check';
import { parseJournal } from './parse-journal.ts';

const lines = (text: string): string[] => parseJournal(Buffer.from(text));

test('each line is an address, of any shape that is one line', () => {
  expect(lines('a@x.test\n"sp ace"@x.test\njörg@bücher.test\n')).toEqual([
    'a@x.test',
    '"sp ace"@x.test',
    'jörg@bücher.test',
  ]);
});

test('a line that is being written, without its break, does not count', () => {
  expect(lines('a@x.test\nb@x.te')).toEqual(['a@x.test']);
  expect(lines('')).toEqual([]);
});

test('lines with a NUL, which Exim takes for unfinished, and empty ones do not count', () => {
  expect(lines('a\0@x.test\n\nb@x.test\n')).toEqual(['b@x.test']);
});

test('any bytes give at most as many addresses as there are breaks, each of one line', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const addresses = parseJournal(bytes);
      expect(addresses.length).toBeLessThanOrEqual(bytes.filter((byte) => byte === 10).length);
      expect(addresses.every((address) => address !== '' && !/[\n\0]/.test(address))).toBe(true);
    }),
  );
});

test('the addresses that were written come back, whatever else lies in the same memory', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => !/[\n\0]/.test(text))),
      (addresses) => {
        const bytes = Buffer.from(`xx${addresses.map((address) => `${address}\n`).join('')}yy\n`);
        expect(parseJournal(bytes.subarray(2, bytes.length - 3))).toEqual(addresses);
      },
    ),
  );
});
