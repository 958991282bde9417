import { halfSipHash } from './half-sip-hash.ts';

/** As bytes, with the key 00 01 … 07 of the reference implementation's test vectors. */
function hashOf(text: string): string {
  const hash = { low: 0, high: 0 };
  halfSipHash(0x03020100, 0x07060504, text, hash);
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(hash.low, 0);
  bytes.writeUInt32LE(hash.high, 4);
  return bytes.toString('hex');
}

test('gives the value of the reference implementation for nothing', () => {
  expect(hashOf('')).toBe('218d1f59b9b83cc8');
});

test('tells texts apart that differ in length, order or one bit', () => {
  const texts = [
    '',
    'a',
    '\u0000',
    'a\u0000',
    'ab',
    'ba',
    'abc',
    'ab\u0100',
    'ab\u0001',
    'x'.repeat(100),
    'x'.repeat(101),
  ];
  expect(new Set(texts.map(hashOf)).size).toBe(texts.length);
});
