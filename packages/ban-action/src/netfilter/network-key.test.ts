import { AddressSet, parseAddress, parseNetwork } from '@sluice/pipeline';
import fc from 'fast-check';
import { networkKey, prefixMask } from './network-key.ts';

const key = (text: string, prefix: number): string => {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(text);
  return networkKey(address, prefix);
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
        expect(networkKey(first, prefix) === networkKey(second, prefix)).toBe(network.has(second));
        expect(network.has(parseNetwork(networkKey(first, prefix))?.address ?? second)).toBe(true);
      }),
    );
  });

  test.each([
    [4, 24, '255.255.255.0'],
    [4, 9, '255.128.0.0'],
    [6, 64, 'ffff:ffff:ffff:ffff::'],
    [6, 49, 'ffff:ffff:ffff:8000::'],
  ] as const)('the mask of family %i and %i bits is %s', (family, prefix, expected) => {
    expect(prefixMask(family, prefix)).toBe(expected);
  });
});
