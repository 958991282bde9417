import { CounterMetrics } from '@sluice/pipeline';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { namespaces } from '../../../../tools/testing/network-namespace.ts';
import { nodeNetfilterMetrics } from '../metrics.ts';
import type { Block, BlockOp } from './block-op.ts';
import type { BlocklistOptions } from './blocklist-options.ts';
import { blocked, KernelScene } from './testing/kernel-scene.ts';

const block = (network: string, timeoutMs?: number): Block => ({
  network,
  ...(timeoutMs !== undefined && { timeoutMs }),
});
const op = (network: string, timeoutMs?: number): BlockOp => ({ kind: 'block', ...block(network, timeoutMs) });

describeWith(namespaces, 'reconcile', () => {
  let scene: KernelScene;
  beforeAll(async () => {
    scene = await KernelScene.open();
  });
  afterEach(() => scene.clear());
  afterAll(() => scene.close());

  const ways: [string, BlocklistOptions][] = [
    ['over netlink', {}],
    ['over nft', { transport: 'nft' }],
    ['with counters of elements', { elementCounters: true }],
    ['with sets for each list', { layout: 'per-list' }],
  ];
  test.each(ways)(
    'makes the kernel block what is wanted and nothing else, also of what others put there (%s)',
    async (_, options) => {
      const list = await scene.blocklist(options);
      await list.apply([
        op('203.0.113.1'),
        op('203.0.113.2', 600_000),
        op('203.0.113.3', 60_000),
        op('198.51.100.0/24'),
      ]);
      if (options.layout !== 'per-list') scene.nft('add element inet sluice all4_32 { 203.0.113.99 }');
      const report = await list.reconcile([
        block('203.0.113.1'),
        block('203.0.113.3', 600_000),
        block('203.0.113.4'),
        block('2001:db8::1'),
        block('nonsense'),
      ]);
      expect(report).toMatchObject({
        added: 2,
        removed: 2,
        kept: 2,
        failed: [{ ok: false, op: { kind: 'block', network: 'nonsense' }, error: { code: 'ERR_NODE_NETFILTER_KEY' } }],
      });
      expect(await blocked(list)).toEqual(['2001:db8::/64', '203.0.113.1/32', '203.0.113.3/32', '203.0.113.4/32']);
      const prolonged = (await list.list()).find(({ address }) => address === '203.0.113.3');
      expect(prolonged?.expiresInMs).toBeGreaterThan(500_000);
      expect([...list.remembered()]).toHaveLength(4);
      expect(await list.reconcile([])).toEqual({ added: 0, removed: 4, kept: 0, failed: [] });
      expect(await list.list()).toEqual([]);
    },
  );

  test('tells those that have no room, and makes room first', async () => {
    const list = await scene.blocklist({ maxElements: 3 });
    await list.apply(['203.0.113.1', '203.0.113.2', '203.0.113.3'].map((network) => op(network)));
    const whole = await list.reconcile(['203.0.113.4', '203.0.113.5', '203.0.113.6'].map((network) => block(network)));
    expect(whole).toEqual({ added: 3, removed: 3, kept: 0, failed: [] });
    scene.nft('delete element inet sluice all4_32 { 203.0.113.4 }');
    const tooMany = await list.reconcile(
      ['203.0.113.4', '203.0.113.5', '203.0.113.7', '203.0.113.8'].map((network) => block(network)),
    );
    expect(tooMany.failed.map(({ error }) => error?.code)).toEqual(['ERR_NODE_NETFILTER_FULL']);
    expect(await list.list()).toHaveLength(3);
    expect([...list.remembered()]).toHaveLength(3);
  });

  test('makes the table anew where it is gone', async () => {
    const list = await scene.blocklist({ watchIntervalMs: 60_000 });
    await list.apply([op('203.0.113.1')]);
    scene.nft('flush ruleset');
    expect(await list.reconcile([block('203.0.113.2'), block('198.51.100.0/24')])).toMatchObject({ failed: [] });
    expect(await blocked(list)).toEqual(['198.51.100.0/24', '203.0.113.2/32']);
  });

  test('keeps the counters of elements where they count', async () => {
    const list = await scene.blocklist({ elementCounters: true });
    await list.apply([op('203.0.113.1')]);
    scene.nft(
      'delete element inet sluice all4_32 { 203.0.113.1 }; add element inet sluice all4_32 { 203.0.113.1 counter packets 5 bytes 300 }',
    );
    await list.reconcile([block('203.0.113.1'), block('203.0.113.2')]);
    expect((await list.list()).find(({ address }) => address === '203.0.113.1')).toMatchObject({
      packets: 5n,
      bytes: 300n,
    });
  });

  test('when it may not change the firewall, says so for each, and remembers what stands', async () => {
    const list = await scene.blocklist();
    await list.apply([op('203.0.113.1')]);
    await scene.sockets.dropCapabilities();
    const { failed, added } = await list.reconcile([block('203.0.113.2')]);
    expect([added, failed.map(({ error }) => error?.code)]).toEqual([0, ['ERR_NODE_NETFILTER_PERMISSION']]);
    expect([...list.remembered()]).toEqual([{ network: '203.0.113.1/32' }]);
    await list.close();
    await scene.restart();
  });

  test('restores 100,000 blocks in one transaction', async () => {
    const metrics = new CounterMetrics();
    const list = await scene.blocklist({ watchIntervalMs: 60_000, metrics });
    const before = metrics.get(nodeNetfilterMetrics.commits);
    const wanted = Array.from({ length: 100_000 }, (_, n) =>
      block(`10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`, 600_000),
    );
    expect(await list.reconcile(wanted)).toEqual({ added: 100_000, removed: 0, kept: 0, failed: [] });
    expect(metrics.get(nodeNetfilterMetrics.commits) - before).toBe(1);
    expect(await list.list()).toHaveLength(100_000);
    expect(await list.reconcile(wanted.slice(0, 99_000))).toEqual({
      added: 0,
      removed: 1000,
      kept: 99_000,
      failed: [],
    });
    expect(await list.list()).toHaveLength(99_000);
  }, 60_000);
});
