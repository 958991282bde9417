import { readFileSync } from 'node:fs';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { NetworkNamespace, namespaces } from '../../../../tools/testing/network-namespace.ts';
import { canonical } from './testing/canonical.ts';
import { nftCases } from './testing/nft-cases.ts';
import { nftMessages } from './testing/nft-messages.ts';
import { sentMessages } from './testing/sent-messages.ts';

const { version, messages: recorded } = JSON.parse(
  readFileSync(new URL('../../testdata/nft-messages.json', import.meta.url), 'utf8'),
) as { version: string; messages: Record<string, readonly string[]> };

describe(`commands become the messages that ${version} sends`, () => {
  test.each(nftCases.map((nftCase) => [nftCase.name, nftCase] as const))('%s', (name, { commands }) => {
    const wanted = recorded[name]?.map((hex) => canonical(Buffer.from(hex, 'hex')));
    expect(wanted?.length).toBeGreaterThan(0);
    expect(sentMessages(commands).map(canonical)).toEqual(wanted);
  });
});

describeWith(namespaces, 'commands become the messages that the installed nft sends', () => {
  let namespace: NetworkNamespace;
  beforeAll(async () => {
    namespace = await NetworkNamespace.open();
    namespace.run('ip', 'link', 'add', 'veth0', 'type', 'veth', 'peer', 'name', 'veth1');
  });
  afterAll(async () => {
    await namespace?.close();
  });

  test.each(nftCases.map((nftCase) => [nftCase.name, nftCase] as const))('%s', (_, nftCase) => {
    const wanted = nftMessages(namespace, nftCase).map(canonical);
    expect(wanted.length).toBeGreaterThan(0);
    expect(sentMessages(nftCase.commands).map(canonical)).toEqual(wanted);
  });
});
