import { AddressSet, parseAddress, parseNetwork } from '@sluice/pipeline';
import fc from 'fast-check';
import { networkKey } from './network-key.ts';

const key = (text: string, prefix: number): string | undefined => {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(text);
  return networkKey(address, { 4: prefix, 6: prefix })?.text;
};

describe('networkKey', () => {
  test.each([
    ['203.0.113.77', 32, '203.0.113.77'],
    ['203.0.113.77', 24, '203.0.113.0'],
    ['203.0.113.77', 25, '203.0.113.0'],
    ['203.0.113.200', 25, '203.0.113.128'],
    ['203.0.113.77', 8, '203.0.0.0'],
    ['2001:db8:1:2:3:4:5:6', 128, '2001:db8:1:2:3:4:5:6'],
    ['2001:db8:1:2:3:4:5:6', 64, '2001:db8:1:2::'],
    ['2001:db8::1', 64, '2001:db8::'],
    ['2001:db8:1:2ff::6', 56, '2001:db8:1:200::'],
    ['::1', 64, '::'],
    ['::ffff:203.0.113.77', 24, '203.0.113.0'],
  ])('%s with %i bits is %s', (text, prefix, expected) => {
    expect(key(text, prefix)).toBe(expected);
  });

  test.each([
    [fc.ipV4(), 32],
    [fc.ipV6(), 128],
  ] as const)('two addresses have one key when they are in one network', (ip, bits) => {
    fc.assert(
      fc.property(ip, ip, fc.integer({ min: 8, max: bits }), (a, b, prefix) => {
        const [first, second] = [parseAddress(a), parseAddress(b)];
        fc.pre(first !== undefined && second !== undefined && first.family === second.family);
        fc.pre(prefix <= (first.family === 4 ? 32 : 128));
        const network = new AddressSet([{ address: first, prefix }]);
        const text = key(first.text, prefix) ?? '';
        expect(text === key(second.text, prefix)).toBe(network.has(second));
        expect(network.has(parseNetwork(text)?.address ?? second)).toBe(true);
      }),
    );
  });

  test('what comes out is what parseAddress would write', () => {
    const word = fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
    const address = fc.array(word, { minLength: 8, maxLength: 8 });
    const prefix = fc.constantFrom(16, 32, 48, 56, 64, 80, 128);
    fc.assert(
      fc.property(address, prefix, fc.boolean(), (words, length, isShort) => {
        const write = (of: readonly number[]): string => of.map((value) => value.toString(16)).join(':');
        const masked = words.map((value, n) => {
          const kept = Math.min(16, Math.max(0, length - 16 * n));
          return value & (0xffff << (16 - kept));
        });
        const expected = parseAddress(write(masked));
        const text = isShort ? parseAddress(write(words))?.text : write(words);
        fc.pre(text !== undefined && parseAddress(text)?.family === 6 && expected?.family === 6);
        expect(networkKey({ text, family: 6 }, { 4: 32, 6: length })).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  const hostile = fc.oneof(
    fc.string(),
    fc.ipV4(),
    fc.ipV6(),
    fc.tuple(fc.ipV4(), fc.string()).map(([ip, more]) => `${ip}${more}`),
    fc
      .array(fc.constantFrom('0', '1', '255', 'f', 'ffff', '.', ':', '::', ' '), { maxLength: 12 })
      .map((parts) => parts.join('')),
  );
  test('a text is an address only where parseAddress takes it for one, whatever says what it is', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom(4 as const, 6 as const), (text, family) => {
        const made = networkKey({ text, family }, { 4: 32, 6: 128 });
        expect(made).toEqual(parseAddress(text));
      }),
      { numRuns: 2000 },
    );
  });

  test('what is no text is no address', () => {
    const forged = { text: { charCodeAt: () => 49, length: 7 }, family: 4 } as never;
    expect(networkKey(forged, { 4: 32, 6: 64 })).toBeUndefined();
  });
});
