import type { BlocklistOptions } from '../index.ts';
import { onBothKernels } from './testing/on-both-kernels.ts';

const nft = { transport: 'nft' } as const;

onBothKernels('by the program nft', [], (each) => {
  test.each([
    ['drop', 'silence'],
    ['reject', 'ECONNREFUSED'],
    ['reset', 'ECONNREFUSED'],
  ] as const)('%s: a blocked client gets %s until the unblock', (deny, outcome) =>
    each(async (scene) => {
      const { net, firewall } = scene;
      await scene.block({ ...nft, deny }, '10.77.0.1', '10.77.0.0/30', '2001:db8:78::5');
      expect(await scene.denied('10.77.0.1', outcome)).toBe(outcome);
      expect(await scene.denied('2001:db8:78::6', outcome)).toBe(outcome);
      expect(await net.ask('10.77.0.5')).toBe('served');
      await firewall.call('apply', [
        { kind: 'unblock', network: '10.77.0.1' },
        { kind: 'unblock', network: '10.77.0.0/30' },
        { kind: 'unblock', network: '10.9.9.9' },
      ]);
      expect(await net.ask('10.77.0.1')).toBe('served');
    }),
  );

  test('a port, a list of its own, an allowed one, the end in time', () =>
    each(async (scene) => {
      const { net, firewall } = scene;
      await scene.block({ ...nft, layout: 'per-list', allow: ['10.77.0.5'] });
      await firewall.call('apply', [
        { kind: 'block', network: '10.77.0.1', list: 'web', ports: [{ protocol: 'tcp', port: 8080 }], timeoutMs: 2000 },
        { kind: 'block', network: '10.77.0.5', list: 'web' },
      ]);
      expect(await scene.blocked('10.77.0.1')).toBe('silence');
      expect(await net.ask('10.77.0.1', { port: 8081 })).toBe('served');
      expect(await net.ask('10.77.0.5')).toBe('served');
      expect(await net.ask('10.77.0.1', { limitMs: 25_000 })).toBe('served');
    }));

  test('a flush by somebody else is noticed and undone', () =>
    each(async (scene) => {
      await scene.block({ ...nft, watchIntervalMs: 50 }, '10.77.0.1');
      scene.nft('flush ruleset');
      await scene.repaired();
      expect(await scene.blocked('10.77.0.1')).toBe('silence');
    }));

  test.each<[string, BlocklistOptions]>([
    ['protect', { ...nft, protect: true }],
    ['cut: kill', { ...nft, cut: 'kill' }],
  ])('%s is refused', (_, options) =>
    each(async (scene) => {
      await expect(scene.firewall.call('open', options)).rejects.toMatchObject({
        code: expect.stringMatching(/^ERR_NODE_NETFILTER_(?:UNSUPPORTED|OPTION)$/),
      });
    }),
  );

  test('the table is that of netlink, which goes on with it, and the other way round', () =>
    each(async (scene) => {
      const { firewall } = scene;
      const list = async () =>
        (await firewall.call('list')).map(({ address, prefix, list }) => `${address}/${prefix} ${list}`).sort();
      const table = (): string =>
        scene
          .nft('list table inet sluice')
          .replace(/expires \w+/g, '')
          .replace(/packets \d+ bytes \d+/, '');
      await scene.block(nft);
      await firewall.call('apply', [
        { kind: 'block', network: '10.77.0.1', list: 'sshd', timeoutMs: 3_600_000 },
        { kind: 'block', network: '2001:db8:78::5', list: 'nginx' },
      ]);
      const byNft = table();
      await firewall.call('close', 'keep');
      for (const transport of ['netlink', 'nft'] as const) {
        await scene.block({ transport });
        expect(await list()).toEqual(['10.77.0.1/32 sshd', '2001:db8:78::/64 nginx']);
        expect(table()).toBe(byNft);
        await firewall.call('close', 'keep');
      }
    }));
});
