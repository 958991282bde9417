import fc from 'fast-check';
import type { Address } from './address.ts';
import { parseAddress } from './address.ts';
import { AddressSet, type Network, parseNetwork } from './address-set.ts';

const address = (text: string): Address => parseAddress(text) as Address;
const setOf = (...networks: string[]): AddressSet =>
  new AddressSet(networks.map((text) => parseNetwork(text) as Network));

describe('parseNetwork', () => {
  test.each([
    ['10.0.0.0/8', '10.0.0.0', 8],
    ['10.1.2.3/255.255.0.0', '10.1.2.3', 16],
    ['192.0.2.7', '192.0.2.7', 32],
    ['2001:db8::/32', '2001:db8::', 32],
    ['::1', '::1', 128],
    ['0.0.0.0/0', '0.0.0.0', 0],
  ])('reads %s', (text, base, prefix) => {
    expect(parseNetwork(text)).toEqual({ address: address(base), prefix });
  });

  test.each(['10.0.0.0/33', '10.0.0.0/', '10.0.0.0/255.0.255.0', '2001:db8::/129', 'example.org', '/8', '1.2.3.4/-1'])(
    'refuses %s',
    (text) => {
      expect(parseNetwork(text)).toBeUndefined();
    },
  );
});

describe('AddressSet', () => {
  test('holds the addresses of its networks and no others', () => {
    const set = setOf('10.0.0.0/8', '192.0.2.128/25', '2001:db8::/47', '203.0.113.9');
    for (const inside of ['10.255.1.2', '192.0.2.128', '192.0.2.255', '2001:db8:1::5', '203.0.113.9']) {
      expect([inside, set.has(address(inside))]).toEqual([inside, true]);
    }
    for (const outside of ['11.0.0.0', '192.0.2.127', '2001:db8:2::', '203.0.113.8', '::10.0.0.1']) {
      expect([outside, set.has(address(outside))]).toEqual([outside, false]);
    }
  });

  test('takes an IPv4-mapped address for its IPv4 address', () => {
    expect(setOf('127.0.0.0/8').has(address('::ffff:127.0.0.1'))).toBe(true);
  });

  test('a prefix of 0 holds its whole family and nothing of the other', () => {
    expect(setOf('0.0.0.0/0').has(address('198.51.100.1'))).toBe(true);
    expect(setOf('0.0.0.0/0').has(address('2001:db8::1'))).toBe(false);
  });

  test('agrees with arithmetic on 32-bit integers for any IPv4 network', () => {
    const text = (n: number): string => [24, 16, 8, 0].map((shift) => (n >>> shift) & 255).join('.');
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.nat(0xffffffff), fc.integer({ min: 0, max: 32 }), (a, b, prefix) => {
        // JavaScript shifts by 32 are shifts by 0.
        const mask = prefix === 0 ? 0 : (-1 << (32 - prefix)) >>> 0;
        const near = (((a & mask) | (b & ~mask)) >>> 0) ^ (b & 1 ? 0 : 1 << 31);
        const inside = ((near ^ a) & mask) === 0;
        expect(setOf(`${text(a)}/${prefix}`).has(address(text(near >>> 0)))).toBe(inside);
      }),
    );
  });
});
