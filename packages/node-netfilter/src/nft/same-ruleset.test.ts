import fc from 'fast-check';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { NetworkNamespace, namespaces } from '../../../../tools/testing/network-namespace.ts';
import type { Netfilter } from '../netfilter/netfilter.ts';
import { openNetfilter } from '../netfilter/open-netfilter.ts';
import { arbitraryCommands } from '../testing/arbitrary-commands.ts';
import { RemoteSockets } from '../testing/remote-sockets.ts';
import { nftNetfilter } from './nft-netfilter.ts';

/** Runs of the law; many by hand: `RUNS=1000`. */
const numRuns = Number(process.env['RUNS'] ?? 40);

interface Ruleset {
  readonly nftables: readonly Readonly<Record<string, { readonly elem?: readonly unknown[] }>>[];
}

/** What stands, without what differs from one time to the next. */
function ruleset(namespace: NetworkNamespace): unknown {
  const { nftables }: Ruleset = JSON.parse(namespace.run('nft', '-j', '-s', 'list', 'ruleset'));
  const bare = (key: string, value: unknown): unknown => {
    if (key === 'handle' || key === 'expires') return undefined;
    // In nft's quotes there are neither quotes nor control characters.
    return key === 'comment'
      ? String(value)
          .replaceAll('"', "'")
          .replace(/\p{Cc}/gu, '?')
      : value;
  };
  const sorted = nftables.map((item) => {
    const elem = item['set']?.elem;
    if (elem === undefined) return item;
    return { set: { ...item['set'], elem: elem.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) } };
  });
  return JSON.parse(JSON.stringify(sorted, bare).replace(/"expires":\d+,?/g, ''));
}

describeWith(namespaces, 'nft and netlink', () => {
  let namespace: NetworkNamespace;
  let sockets: RemoteSockets;
  let nft: Netfilter;
  let netlink: Netfilter;
  beforeAll(async () => {
    namespace = await NetworkNamespace.open();
    sockets = await RemoteSockets.open(namespace);
    netlink = await openNetfilter({ transport: 'netlink', sockets });
    nft = await nftNetfilter({ command: namespace.command('nft') });
  });
  afterAll(async () => {
    await nft.close();
    await netlink.close();
    await sockets.close();
    await namespace.close();
  });

  test('make the same ruleset of the same commands', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryCommands, async (commands) => {
        namespace.run('nft', 'flush', 'ruleset');
        await nft.commit(commands);
        const byText = ruleset(namespace);
        namespace.run('nft', 'flush', 'ruleset');
        await netlink.commit(commands);
        expect(byText).toEqual(ruleset(namespace));
      }),
      { numRuns },
    );
  }, 600_000);

  test('read the same of the same ruleset', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryCommands, async (commands) => {
        namespace.run('nft', 'flush', 'ruleset');
        await nft.commit(commands);
        const [added, madeSet] = commands;
        if (added?.kind !== 'add-table' || madeSet?.kind !== 'add-set') throw new Error('other commands');
        const readBy = async (one: Netfilter): Promise<unknown> => ({
          tables: await one.tables(),
          chains: await one.chains(added.table),
          rules: await one.rules(added.table),
          sets: (await one.sets(added.table)).map(({ elementCount: _, ...set }) => set),
          // Times are whole seconds by nft, and jiffies of 4 ms by the kernel.
          elements: (await one.elements(madeSet.set))
            .map(({ key, comment, timeoutMs }) => ({ key, comment, isTimed: timeoutMs !== undefined }))
            .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
        });
        expect(await readBy(nft)).toEqual(await readBy(netlink));
      }),
      { numRuns: Math.ceil(numRuns / 4) },
    );
  }, 600_000);
});
