import { AddressSet, type Network, parseNetwork } from '@sluice/pipeline';
import fc from 'fast-check';
import { parseKey } from '../keys/parse-key.ts';
import type { CutNetwork } from './cut-network.ts';
import { PeerMatcher } from './peer-matcher.ts';

const bytesOf = (address: string): Uint8Array =>
  parseKey(address, [address.includes(':') ? 'ipv6_addr' : 'ipv4_addr'], false).bytes;

const networkOf = (text: string): CutNetwork => {
  const { address, prefix } = parseNetwork(text) as Network;
  return { address: address.text, family: address.family, prefix };
};

const cuts = (networks: readonly CutNetwork[], peer: string, localPort = 22): boolean =>
  new PeerMatcher(networks).matches(bytesOf(peer), localPort);

/** Few bits, so that addresses often are in networks. */
const address = fc.oneof(
  fc
    .tuple(fc.constantFrom(10, 138), fc.nat(3), fc.constantFrom(0, 127, 128), fc.nat(3))
    .map((bytes) => bytes.join('.')),
  fc
    .tuple(fc.constantFrom('2001:db8', '2001:db9'), fc.constantFrom('0', '7fff', '8000'), fc.constantFrom('1', '8001'))
    .map(([head, middle, tail]) => `${head}:${middle}::${tail}`),
);
const network = address.chain((text) => fc.nat(text.includes(':') ? 128 : 32).map((prefix) => `${text}/${prefix}`));

describe('PeerMatcher', () => {
  test('says of every address what AddressSet says', () => {
    fc.assert(
      fc.property(fc.array(network, { maxLength: 5 }), address, (networks, peer) => {
        const set = new AddressSet(networks.map((text) => parseNetwork(text) as Network));
        const { address } = parseNetwork(peer) as Network;
        expect(cuts(networks.map(networkOf), peer)).toBe(set.has(address));
      }),
      { numRuns: 500 },
    );
  });

  test('with a port matches connections to it only, and all of them where another entry has none', () => {
    const ssh = { ...networkOf('192.0.2.1/32'), port: { protocol: 'tcp', port: 22 } } as const;
    const mail = { ...ssh, port: { protocol: 'tcp', port: 25 } } as const;
    expect([22, 25, 80].map((port) => cuts([ssh, mail], '192.0.2.1', port))).toEqual([true, true, false]);
    expect(cuts([ssh, networkOf('192.0.2.1/32'), mail], '192.0.2.1', 80)).toBe(true);
  });

  test('matches nothing for a port of UDP', () => {
    const dns = { ...networkOf('192.0.2.1/32'), port: { protocol: 'udp', port: 53 } } as const;
    expect(new PeerMatcher([dns]).isEmpty).toBe(true);
  });

  test.each([
    ['no address', { address: '300.0.0.1', family: 4, prefix: 32 }, 'ERR_NODE_NETFILTER_KEY'],
    ['an address of the other family', { address: '2001:db8::1', family: 4, prefix: 32 }, 'ERR_NODE_NETFILTER_KEY'],
    ['a prefix that is too long', { address: '192.0.2.1', family: 4, prefix: 33 }, 'ERR_NODE_NETFILTER_OPTION'],
    ['a prefix that is no integer', { address: '192.0.2.1', family: 4, prefix: 0.5 }, 'ERR_NODE_NETFILTER_OPTION'],
  ] as const)('refuses %s', (_, wrong, code) => {
    expect(() => new PeerMatcher([wrong])).toThrow(expect.objectContaining({ code }));
  });
});
