import { parseAddress, parseNetwork } from '@sluice/pipeline';
import fc from 'fast-check';
import { readNetwork } from './read-network.ts';

const prefixes = { ipv4Prefix: 32, ipv6Prefix: 64 };

describe('readNetwork', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7', 32],
    ['198.51.100.9/24', '198.51.100.0', 24],
    ['255.255.255.255/1', '128.0.0.0', 1],
    ['2001:DB8::1', '2001:db8::', 64],
    ['2001:db8:0:0:1:2:3:4/128', '2001:db8::1:2:3:4', 128],
    ['2001:db8:ffff::/33', '2001:db8:8000::', 33],
    ['::ffff:192.0.2.1', '192.0.2.1', 32],
    ['::ffff:c000:201/120', '192.0.2.0', 24],
    ['::1', '::', 64],
  ])('reads %s as %s/%i', (text, address, prefix) => {
    expect(readNetwork(text, prefixes)).toEqual({ address, prefix, family: address.includes(':') ? 6 : 4 });
  });

  test.each([
    '',
    ' 203.0.113.7',
    '203.0.113',
    '203.0.113.7.1',
    '203.0.113.256',
    '0203.0.113.7',
    '203.0.113.7/',
    '203.0.113.7/0',
    '203.0.113.7/33',
    '203.0.113.7/08',
    '203.0.113.7/-1',
    '203.0.113.7/255.255.255.0',
    '203.0.113.7/24/24',
    '::/0',
    '::ffff:0:0/96',
    '::/129',
    '2001:db8::1%eth0',
    '[2001:db8::1]',
    '1::2::3',
    '12345::',
    ':',
    '203.0.113.7\0',
    '203.0.113.7\n',
    '２０３.0.113.7',
    undefined,
    null,
    7,
    {},
    ['203.0.113.7'],
  ])('refuses %j', (text) => {
    expect(readNetwork(text, prefixes)).toBeUndefined();
  });

  test('agrees with parseNetwork about every address, and with itself about what it gives', () => {
    const network = fc
      .tuple(fc.oneof(fc.ipV4(), fc.ipV6()), fc.integer({ min: 0, max: 130 }))
      .map(([address, bits]) => `${address}/${bits}`);
    fc.assert(
      fc.property(network, (text) => {
        const read = readNetwork(text, prefixes);
        const known = parseNetwork(text);
        if (read === undefined) {
          const isMapped = text.includes(':') && known?.address.family === 4;
          expect(known === undefined || known.prefix === 0 || isMapped).toBe(true);
          return;
        }
        const again = `${read.address}/${read.prefix}`;
        expect(parseAddress(read.address)).toEqual({ text: read.address, family: read.family });
        expect(readNetwork(again, prefixes)).toEqual(read);
        if (known !== undefined && known.address.family === read.family && !text.startsWith('::ffff:'))
          expect(read.prefix).toBe(known.prefix);
      }),
      { numRuns: 500 },
    );
  });

  test('whatever the text is, it gives a network or nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789abcdefx:./% '), maxLength: 60 }), (text) => {
        const read = readNetwork(text, prefixes);
        if (read !== undefined) expect(parseAddress(read.address)?.text).toBe(read.address);
      }),
      { numRuns: 2000 },
    );
  });
});
