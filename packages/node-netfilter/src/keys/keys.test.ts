import { parseAddress } from '@sluice/pipeline';
import fc from 'fast-check';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { KeyType } from '../ruleset/set.ts';
import { formatKey } from './format-key.ts';
import { keyLayout } from './key-layout.ts';
import { keyTypes } from './key-types.ts';
import { parseKey } from './parse-key.ts';

const hex = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : Buffer.from(bytes).toString('hex');
const canonical = (text: string, types: readonly KeyType[], isInterval = false): string => {
  const { bytes, lastBytes } = parseKey(text, types, isInterval);
  return formatKey(bytes, types, lastBytes);
};

describe('parseKey', () => {
  test.each<[string, readonly KeyType[], string]>([
    ['203.0.113.7', ['ipv4_addr'], 'cb007107'],
    ['2001:db8::7', ['ipv6_addr'], '20010db8000000000000000000000007'],
    ['::', ['ipv6_addr'], '0'.repeat(32)],
    ['1::', ['ipv6_addr'], `0001${'0'.repeat(28)}`],
    ['::ffff:192.0.2.1', ['ipv6_addr'], `${'0'.repeat(20)}ffffc0000201`],
    ['1:2:3:4:5:6:1.2.3.4', ['ipv6_addr'], '00010002000300040005000601020304'],
    ['1:2:3:4:5:6:7::', ['ipv6_addr'], '00010002000300040005000600070000'],
    ['tcp', ['inet_proto'], '06'],
    ['ipv6-icmp', ['inet_proto'], '3a'],
    ['255', ['inet_proto'], 'ff'],
    ['65535', ['inet_service'], 'ffff'],
    ['203.0.113.9 . tcp . 22', ['ipv4_addr', 'inet_proto', 'inet_service'], 'cb0071090600000000160000'],
  ])('reads %s', (text, types, bytes) => {
    expect(hex(parseKey(text, types, false).bytes)).toBe(bytes);
  });

  test.each<[string, readonly KeyType[], string, string]>([
    ['10.0.0.0/8', ['ipv4_addr'], '0a000000', '0affffff'],
    ['10.1.2.3/8', ['ipv4_addr'], '0a000000', '0affffff'],
    ['10.0.0.1-10.0.0.9', ['ipv4_addr'], '0a000001', '0a000009'],
    ['10.0.0.1', ['ipv4_addr'], '0a000001', '0a000001'],
    ['0.0.0.0/0', ['ipv4_addr'], '00000000', 'ffffffff'],
    ['fe80::/10', ['ipv6_addr'], `fe80${'0'.repeat(28)}`, `febf${'f'.repeat(28)}`],
    ['80-90', ['inet_service'], '0050', '005a'],
    ['ipv6-icmp', ['inet_proto'], '3a', '3a'],
    ['10.0.0.0/8 . 80-90', ['ipv4_addr', 'inet_service'], '0a00000000500000', '0affffff005a0000'],
  ])('reads the range %s', (text, types, first, last) => {
    const { bytes, lastBytes } = parseKey(text, types, true);
    expect([hex(bytes), hex(lastBytes)]).toEqual([first, last]);
  });

  test.each<[string, readonly KeyType[], boolean]>([
    ['999.1.1.1', ['ipv4_addr'], false],
    ['192.030.0.6', ['ipv4_addr'], false],
    ['1.2.3', ['ipv4_addr'], false],
    ['1.2.3.4.5', ['ipv4_addr'], false],
    ['1.2.3.', ['ipv4_addr'], false],
    [' 1.2.3.4', ['ipv4_addr'], false],
    ['1.2.3.4\n', ['ipv4_addr'], false],
    ['', ['ipv4_addr'], false],
    ['::1', ['ipv4_addr'], false],
    ['1.2.3.4', ['ipv6_addr'], false],
    ['', ['ipv6_addr'], false],
    [':', ['ipv6_addr'], false],
    [':::', ['ipv6_addr'], false],
    ['1::2::3', ['ipv6_addr'], false],
    ['1:2:3:4:5:6:7', ['ipv6_addr'], false],
    ['1:2:3:4:5:6:7:8:9', ['ipv6_addr'], false],
    ['1:2:3:4:5:6:7:8::', ['ipv6_addr'], false],
    ['::1:2:3:4:5:6:7:8', ['ipv6_addr'], false],
    ['12345::', ['ipv6_addr'], false],
    ['1:', ['ipv6_addr'], false],
    [':1', ['ipv6_addr'], false],
    ['::1.2.3', ['ipv6_addr'], false],
    ['1.2.3.4::', ['ipv6_addr'], false],
    ['1:2:3:4:5:6:7:1.2.3.4', ['ipv6_addr'], false],
    ['fe80::1%eth0', ['ipv6_addr'], false],
    ['10.0.0.0/8', ['ipv4_addr'], false],
    ['10.0.0.0/33', ['ipv4_addr'], true],
    ['10.0.0.0/08', ['ipv4_addr'], true],
    ['10.0.0.0/', ['ipv4_addr'], true],
    ['10.0.0.9-10.0.0.1', ['ipv4_addr'], true],
    ['10.0.0.1-', ['ipv4_addr'], true],
    ['80/8', ['inet_service'], true],
    ['65536', ['inet_service'], false],
    ['-1', ['inet_service'], false],
    ['022', ['inet_service'], false],
    ['1e3', ['inet_service'], false],
    ['nope', ['inet_proto'], false],
    ['__proto__', ['inet_proto'], false],
    ['1.2.3.4 . tcp', ['ipv4_addr', 'inet_proto', 'inet_service'], false],
    ['1.2.3.4 . tcp . 22 . 1', ['ipv4_addr', 'inet_proto', 'inet_service'], false],
  ])('refuses %j as %j', (text, types, isInterval) => {
    expect(() => parseKey(text, types, isInterval)).toThrow(
      expect.objectContaining({ name: 'NodeNetfilterError', code: 'ERR_NODE_NETFILTER_KEY' }),
    );
  });

  test('says what a range needs', () => {
    expect(() => parseKey('10.0.0.0/8', ['ipv4_addr'], false)).toThrow(
      'a key must be an IPv4 address, not "10.0.0.0/8"; ranges need a set with the flag interval',
    );
  });

  test('takes for an address what parseAddress takes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.stringMatching(/^[0-9a-f:.]{0,20}$/)), (text) => {
        const address = parseAddress(text);
        const type = text.includes(':') ? 'ipv6_addr' : 'ipv4_addr';
        if (address === undefined) expect(() => parseKey(text, [type], false)).toThrow(NodeNetfilterError);
        else expect(parseAddress(canonical(text, [type]))).toEqual(address);
      }),
      { numRuns: 2000 },
    );
  });
});

const field: Record<KeyType, fc.Arbitrary<string>> = {
  ipv4_addr: fc.ipV4(),
  ipv6_addr: fc.ipV6(),
  inet_proto: fc.oneof(fc.constantFrom('tcp', 'udp', 'ipv6-icmp'), fc.nat(255).map(String)),
  inet_service: fc.nat(65535).map(String),
};
const someTypes = fc.array(fc.constantFrom<KeyType>('ipv4_addr', 'ipv6_addr', 'inet_proto', 'inet_service'), {
  minLength: 1,
  maxLength: 5,
});

describe('formatKey', () => {
  test('gives all spellings of a key one text, which says the same bytes', () => {
    const key = someTypes.chain((types) =>
      fc.tuple(
        fc.constant(types),
        fc.tuple(...types.map((type) => field[type])).map((parts) => parts.join(' . ')),
      ),
    );
    fc.assert(
      fc.property(key, ([types, text]) => {
        const { bytes } = parseKey(text, types, false);
        const written = formatKey(bytes, types);
        expect(parseKey(written, types, false).bytes).toEqual(bytes);
        expect(
          canonical(
            written.toUpperCase().replace(/[A-Z-]{3,}/g, (name) => name.toLowerCase()),
            types,
          ),
        ).toBe(written);
      }),
    );
  });

  test.each<[string, string]>([
    ['10.0.0.0-10.255.255.255', '10.0.0.0/8'],
    ['10.0.0.1-10.0.0.1', '10.0.0.1'],
    ['10.0.0.1-10.0.0.2', '10.0.0.1-10.0.0.2'],
    ['0.0.0.0-255.255.255.255', '0.0.0.0/0'],
    ['10.0.0.0-10.0.0.1', '10.0.0.0/31'],
  ])('writes %s as %s', (text, written) => {
    expect(canonical(text, ['ipv4_addr'], true)).toBe(written);
  });

  test.each<[string, string]>([
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['1:0:0:2:3:0:0:4', '1::2:3:0:0:4'],
    ['0:1:2:3:4:5:6:7', '0:1:2:3:4:5:6:7'],
    ['::', '::'],
    ['::ffff:1.2.3.4', '::ffff:1.2.3.4'],
    ['::1.2.3.4', '::102:304'],
  ])('writes %s as RFC 5952 does', (text, written) => {
    expect(canonical(text, ['ipv6_addr'])).toBe(written);
  });

  test('gives any range back that it has written', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.nat(0xffffffff), (a, b) => {
        const bytes = new Uint8Array(4);
        const lastBytes = new Uint8Array(4);
        new DataView(bytes.buffer).setUint32(0, Math.min(a, b));
        new DataView(lastBytes.buffer).setUint32(0, Math.max(a, b));
        expect(parseKey(formatKey(bytes, ['ipv4_addr'], lastBytes), ['ipv4_addr'], true)).toEqual({ bytes, lastBytes });
      }),
    );
  });

  test('gives bytes that do not fit the types in hexadecimal', () => {
    expect(formatKey(Uint8Array.of(1, 2, 3), ['ipv4_addr'])).toBe('0x010203');
    expect(formatKey(Uint8Array.of(1, 2), [])).toBe('0x0102');
    expect(formatKey(Uint8Array.of(1, 2, 3, 4), ['ipv4_addr'], Uint8Array.of(5))).toBe('0x01020304-0x05');
    expect(formatKey(new Uint8Array(9), ['ipv4_addr', 'ipv4_addr'])).toBe(`0x${'00'.repeat(9)}`);
  });
});

describe('the number of a type', () => {
  test('says the types again', () => {
    fc.assert(
      fc.property(someTypes, (types) => {
        expect(keyTypes(keyLayout(types).id)).toEqual(types);
      }),
    );
  });

  test('of a type that is not known is that of no types', () => {
    expect(keyTypes((7 << 6) | 9)).toEqual([]);
    expect(keyTypes(0)).toEqual([]);
  });

  test('is refused for none and for more than fit into it', () => {
    expect(() => keyLayout([])).toThrow('from 1 to 5 types, not 0');
    expect(() => keyLayout(Array(6).fill('inet_proto'))).toThrow('not 6');
  });
});
