import { parseNetwork } from '@sluice/pipeline';
import fc from 'fast-check';
import { networkText, readNetwork } from './network-text.ts';

type Network = Parameters<typeof networkText>[0];

describe('networkText', () => {
  test('writes networks, and reads what it wrote', () => {
    const networks: Network[] = [
      { address: '203.0.113.0', family: 4, prefix: 24 },
      { address: '2001:db8::', family: 6, prefix: 64 },
      { address: '::1', family: 6, prefix: 128 },
    ];
    expect(networks.map(networkText)).toEqual(['203.0.113.0/24', '2001:db8::/64', '::1/128']);
    expect(networks.map((network) => readNetwork(networkText(network) ?? ''))).toEqual(networks);
    expect(readNetwork('10.0.0.1')).toEqual({ address: '10.0.0.1', family: 4, prefix: 32 });
  });

  test('whatever a caller says, nothing leaves that could be more than a network', () => {
    const texts = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'0123456789abcdef.:/ ;\n"#-') }),
      fc.string(),
      fc.ipV4(),
      fc.ipV6(),
    );
    const anything = fc.record({
      address: texts,
      family: fc.constantFrom(4, 6, 5, 'constructor'),
      prefix: fc.oneof(fc.integer(), fc.string()),
    });
    fc.assert(
      fc.property(anything, (network) => {
        expect(networkText(network as Network) ?? '0.0.0.0/0').toMatch(/^[\da-f.:]{2,45}\/\d{1,3}$/);
      }),
    );
  });

  test('every network that there is has a text', () => {
    const networks = fc.oneof(
      fc.record({ address: fc.ipV4(), prefix: fc.integer({ min: 1, max: 32 }) }),
      fc.record({ address: fc.ipV6(), prefix: fc.integer({ min: 1, max: 128 }) }),
    );
    fc.assert(
      fc.property(networks, ({ address, prefix }) => {
        const parsed = parseNetwork(`${address}/${prefix}`);
        if (parsed === undefined) return;
        const { text, family } = parsed.address;
        expect(networkText({ address: text, family, prefix })).toBe(`${text}/${prefix}`);
      }),
    );
  });
});
