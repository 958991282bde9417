import { CounterMetrics } from '@sluice/pipeline';
import { firstValueFrom, take, toArray } from 'rxjs';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { namespaces } from '../../../../tools/testing/network-namespace.ts';
import { nodeNetfilterMetrics } from '../metrics.ts';
import type { BlockOp } from './block-op.ts';
import type { Blocklist } from './blocklist.ts';
import { blocked, eventually, KernelScene } from './testing/kernel-scene.ts';

const block = (network: string, timeoutMs?: number, more: object = {}): BlockOp => ({
  kind: 'block',
  network,
  ...(timeoutMs !== undefined && { timeoutMs }),
  ...more,
});
const unblock = (network: string, more: object = {}): BlockOp => ({ kind: 'unblock', network, ...more });
const code = ({ ok, error }: { ok: boolean; error?: { code: string } }): string | true =>
  error?.code ?? (ok || 'failed');
const remaining = async (list: Blocklist, network: string): Promise<number | undefined> =>
  (await list.list()).find(({ address }) => address === network)?.expiresInMs;
const addresses = (count: number, family: 4 | 6 = 4): string[] =>
  Array.from({ length: count }, (_, n) =>
    family === 4
      ? `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`
      : `2001:db8:${(n >> 16).toString(16)}:${(n & 65535).toString(16)}::`,
  );

describeWith(namespaces, 'a block list in the kernel', () => {
  let scene: KernelScene;
  beforeAll(async () => {
    scene = await KernelScene.open();
  });
  afterEach(() => scene.clear());
  afterAll(() => scene.close());

  describe.each(['netlink', 'nft'] as const)('over %s', (transport) => {
    test('blocks networks of every length, ports, and unblocks them, each on its own', async () => {
      const list = await scene.blocklist({ transport });
      const ssh = {
        ports: [
          { protocol: 'tcp', port: 22 },
          { protocol: 'udp', port: 53 },
        ],
      };
      const ops = [
        block('203.0.113.7', 600_000, { list: 'sshd' }),
        block('203.0.113.99/24'),
        block('2001:db8:1:2:3::4'),
        block('2001:db8::1/128', 60_000),
        block('203.0.113.9', 60_000, ssh),
        block('::ffff:192.0.2.1'),
      ];
      expect((await list.apply(ops)).map(code)).toEqual(ops.map(() => true));
      expect(await blocked(list)).toEqual([
        '192.0.2.1/32',
        '2001:db8:1:2::/64',
        '2001:db8::1/128',
        '203.0.113.0/24',
        '203.0.113.7/32',
        '203.0.113.9/32 tcp 22',
        '203.0.113.9/32 udp 53',
      ]);
      expect((await list.list()).find(({ address }) => address === '203.0.113.7')).toMatchObject({
        family: 4,
        prefix: 32,
        list: 'sshd',
      });
      const gone = [
        unblock('203.0.113.0/24'),
        unblock('203.0.113.9', { ports: [{ protocol: 'tcp', port: 22 }] }),
        unblock('2001:db8:1:2::'),
        unblock('198.51.100.1'),
      ];
      expect((await list.apply(gone)).map(code)).toEqual([true, true, true, true]);
      expect(await blocked(list)).toEqual([
        '192.0.2.1/32',
        '2001:db8::1/128',
        '203.0.113.7/32',
        '203.0.113.9/32 udp 53',
      ]);
    });

    test('gives a block another end, also none, and one to that which had none', async () => {
      const list = await scene.blocklist({ transport });
      await list.apply([
        block('203.0.113.1', 60_000),
        block('203.0.113.2', 600_000),
        block('203.0.113.3', 60_000),
        block('203.0.113.4'),
      ]);
      await list.apply([
        block('203.0.113.1', 600_000),
        block('203.0.113.2', 60_000),
        block('203.0.113.3'),
        block('203.0.113.4', 60_000),
      ]);
      expect(await remaining(list, '203.0.113.1')).toBeGreaterThan(500_000);
      expect(await remaining(list, '203.0.113.2')).toBeLessThanOrEqual(60_000);
      expect(await remaining(list, '203.0.113.3')).toBeUndefined();
      expect(await remaining(list, '203.0.113.4')).toBeLessThanOrEqual(60_000);
      expect(await list.list()).toHaveLength(4);
    });

    test('fails a bad operation alone, and says what is wrong with it', async () => {
      const list = await scene.blocklist({ transport });
      const wild = (op: object): BlockOp => op as BlockOp;
      const ops = [
        block('203.0.113.7'),
        block('203.0.113.8 } ; flush ruleset'),
        block('0.0.0.0/0'),
        block('::/0'),
        block('10.0.0.0/33'),
        block('010.0.0.1'),
        block('fe80::1%eth0'),
        block('x'.repeat(10_000)),
        wild({ kind: 'block', network: 7 }),
        wild({ kind: 'ban', network: '203.0.113.9' }),
        block('203.0.113.9', Number.NaN),
        block('203.0.113.9', 1000, { list: 7 }),
        block('203.0.113.9', 1000, { ports: [] }),
        block('203.0.113.9', 1000, { ports: [{ protocol: 'icmp', port: 1 }] }),
        block('203.0.113.9', 1000, { ports: [{ protocol: 'tcp', port: 65_536 }] }),
        block('203.0.113.9', 1000, { ports: new Array(65).fill({ protocol: 'tcp', port: 1 }) }),
        block('203.0.113.10'),
      ];
      const outcomes = await list.apply(ops);
      const key = 'ERR_NODE_NETFILTER_KEY';
      const option = 'ERR_NODE_NETFILTER_OPTION';
      expect(outcomes.map(code)).toEqual([true, ...new Array(8).fill(key), ...new Array(7).fill(option), true]);
      expect(outcomes.map(({ op }) => op)).toEqual(ops);
      for (const { error } of outcomes) expect(error?.message.length ?? 0).toBeLessThan(300);
      expect(await blocked(list)).toEqual(['203.0.113.10/32', '203.0.113.7/32']);
    });

    test('what does not fit into a full set fails alone, and there is room again when something was let in', async () => {
      const list = await scene.blocklist({ transport, maxElements: 3 });
      const ops = ['203.0.113.1', '203.0.113.2', '203.0.113.3', '203.0.113.4', '2001:db8::1', '203.0.113.5'].map(
        (network) => block(network),
      );
      const full = 'ERR_NODE_NETFILTER_FULL';
      const outcomes = await list.apply(ops);
      expect(outcomes.map(code)).toEqual([true, true, true, full, true, full]);
      expect([...list.remembered()]).toHaveLength(4);
      expect(
        (await list.apply([unblock('203.0.113.99'), unblock('203.0.113.1'), block('203.0.113.2', 9000)])).map(code),
      ).toEqual([true, true, true]);
      expect(
        (await list.apply([unblock('203.0.113.3'), block('203.0.113.5'), block('203.0.113.6')])).map(code),
      ).toEqual([true, true, true]);
      expect(await blocked(list)).toEqual(['2001:db8::/64', '203.0.113.2/32', '203.0.113.5/32', '203.0.113.6/32']);
    });

    test('counts what was denied', async () => {
      const list = await scene.blocklist({ transport });
      expect(await list.counters()).toEqual({ packets: 0n, bytes: 0n });
    });

    test('lets the kernel look at operations without doing them', async () => {
      const list = await scene.blocklist({ transport, maxElements: 2 });
      await list.apply([block('203.0.113.1')]);
      const ops = [
        block('203.0.113.2'),
        block('nonsense'),
        block('203.0.113.3'),
        unblock('203.0.113.1'),
        block('198.51.100.0/24'),
      ];
      const before = scene.nft('list ruleset');
      const outcomes = await list.dryRun(ops);
      expect(outcomes.map(code)).toEqual([true, 'ERR_NODE_NETFILTER_KEY', true, true, true]);
      const tooMany = await list.dryRun(['203.0.113.2', '203.0.113.3', '203.0.113.4'].map((network) => block(network)));
      expect(tooMany.map(code)).toEqual([true, 'ERR_NODE_NETFILTER_FULL', 'ERR_NODE_NETFILTER_FULL']);
      expect(scene.nft('list ruleset')).toBe(before);
      expect([...list.remembered()]).toHaveLength(1);
    });
  });

  test('within one batch the last word about a network counts, and each operation has its outcome', async () => {
    const list = await scene.blocklist();
    const outcomes = await list.apply([
      block('203.0.113.7', 60_000),
      unblock('203.0.113.7'),
      unblock('203.0.113.8'),
      block('203.0.113.8', 1000),
      block('203.0.113.8', 600_000),
      block('203.0.113.9'),
      block('203.0.113.9', -1),
    ]);
    expect(outcomes.map(code)).toEqual(new Array(7).fill(true));
    expect(await blocked(list)).toEqual(['203.0.113.8/32']);
    expect(await remaining(list, '203.0.113.8')).toBeGreaterThan(500_000);
  });

  test('in a full set an operation to let in succeeds, whatever was said before and after it', async () => {
    const list = await scene.blocklist({ maxElements: 1 });
    await list.apply([block('203.0.113.1')]);
    const full = 'ERR_NODE_NETFILTER_FULL';
    expect((await list.apply([block('203.0.113.2'), unblock('203.0.113.2'), block('203.0.113.2')])).map(code)).toEqual([
      full,
      true,
      full,
    ]);
    expect((await list.apply([block('203.0.113.2'), unblock('203.0.113.2')])).map(code)).toEqual([true, true]);
    expect(await blocked(list)).toEqual(['203.0.113.1/32']);
  });

  test('what is asked for while a commit is under way makes up the next one', async () => {
    const metrics = new CounterMetrics();
    const list = await scene.blocklist({ metrics, watchIntervalMs: 60_000 });
    await list.apply([block('203.0.113.7')]);
    const before = metrics.get(nodeNetfilterMetrics.commits);
    const all = await Promise.all(addresses(500).map((network) => list.apply([block(network)])));
    expect(all.flat().map(code)).toEqual(new Array(500).fill(true));
    expect(metrics.get(nodeNetfilterMetrics.commits) - before).toBe(2);
    expect(metrics.get(nodeNetfilterMetrics.appliedOps)).toBe(501);
    expect(await list.list()).toHaveLength(501);
  });

  test("a list is an element's comment, changes with the last block, and is made such that nft prints it", async () => {
    const list = await scene.blocklist();
    await list.apply([
      block('203.0.113.7', 60_000, { list: 'sshd' }),
      block('203.0.113.8', 60_000, { list: 'say "hi"\n\\' }),
      block('203.0.113.9', 60_000, { list: 'ü'.repeat(100) }),
    ]);
    await list.apply([block('203.0.113.7', 60_000, { list: 'web' })]);
    const lists = (await list.list()).map((one) => one.list).sort();
    expect(lists).toEqual(['say _hi___', 'web', 'ü'.repeat(63)]);
    expect([...list.remembered()].map((one) => one.list).sort()).toEqual(lists);
    expect(scene.nft('list set inet sluice all4_32')).toMatch(/203\.0\.113\.7 .*comment "web"/);
  });

  test('in the layout per-list each list has sets of its own, behind a set of all', async () => {
    const list = await scene.blocklist({ layout: 'per-list' });
    await list.apply([
      block('203.0.113.7', 60_000, { list: 'sshd' }),
      block('203.0.113.7', 600_000, { list: 'web' }),
      block('203.0.113.8', 60_000, { list: 'a b' }),
    ]);
    await list.apply([unblock('203.0.113.7', { list: 'web' })]);
    expect((await list.list()).map(({ address, list: of }) => `${address} ${of}`).sort()).toEqual([
      '203.0.113.7 sshd',
      '203.0.113.8 a b',
    ]);
    const all = scene.nft('list set inet sluice any4_32');
    expect(all).toMatch(/203\.0\.113\.7 timeout (?:1m|59s)/);
    expect(scene.nft('list set inet sluice sshd.all4_32')).toMatch(/203\.0\.113\.7/);
    await list.apply([unblock('203.0.113.7', { list: 'web' }), unblock('203.0.113.7', { list: 'sshd' })]);
    expect(scene.nft('list set inet sluice any4_32')).not.toMatch(/203\.0\.113\.7/);
  });

  test("in the layout per-list a network that did not fit into its list's set is in no set", async () => {
    const list = await scene.blocklist({ layout: 'per-list', maxElements: 2 });
    const ops = ['203.0.113.1', '203.0.113.2', '203.0.113.3'].map((network) =>
      block(network, undefined, { list: 'sshd' }),
    );
    expect((await list.apply(ops)).map(code)).toEqual([true, true, 'ERR_NODE_NETFILTER_FULL']);
    const web = await list.apply([block('203.0.113.4', undefined, { list: 'web' })]);
    expect(web.map(code)).toEqual(['ERR_NODE_NETFILTER_FULL']);
    expect(scene.nft('list ruleset')).not.toMatch(/203\.0\.113\.[34]/);
    expect([...list.remembered()]).toHaveLength(2);
  });

  test('takes 256 lists with sets of their own, and no more', async () => {
    const list = await scene.blocklist({ layout: 'per-list' });
    const ops = Array.from({ length: 257 }, (_, n) => block('203.0.113.7', 60_000, { list: `jail-${n}` }));
    const outcomes = await list.apply(ops);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(256);
    expect(outcomes[256]?.error?.message).toMatch(/at most 256 lists/);
  });

  test('tells the blocks that end, and forgets them', async () => {
    const metrics = new CounterMetrics();
    const list = await scene.blocklist({ metrics });
    const ended = firstValueFrom(list.expired.pipe(take(3), toArray()));
    const ports = [{ protocol: 'tcp', port: 22 }];
    await list.apply([
      block('203.0.113.7', 300, { list: 'sshd' }),
      block('203.0.113.8', 100),
      block('2001:db8::', 200, { ports }),
      block('203.0.113.9', 60_000),
      block('203.0.113.10', 50),
    ]);
    await list.apply([block('203.0.113.10', 60_000)]);
    expect(await ended).toEqual([
      { network: '203.0.113.8/32' },
      { network: '2001:db8::/64', ports },
      { network: '203.0.113.7/32', list: 'sshd' },
    ]);
    expect([...list.remembered()].map(({ network }) => network)).toEqual(['203.0.113.9/32', '203.0.113.10/32']);
    expect(metrics.get(nodeNetfilterMetrics.expiredBlocks)).toBe(3);
    await eventually(() => blocked(list), ['203.0.113.10/32', '203.0.113.9/32']);
  });

  test('what was not begun when its signal aborts fails, what was begun is done', async () => {
    const list = await scene.blocklist({ maxBatch: 10, watchIntervalMs: 60_000 });
    await list.apply([block('203.0.113.9')]);
    const abort = new AbortController();
    const first = list.apply(
      addresses(10).map((network) => block(network)),
      abort.signal,
    );
    const second = list.apply([block('203.0.113.7')], abort.signal);
    const third = list.apply([block('203.0.113.8')]);
    abort.abort();
    expect((await first).map(code)).toEqual(new Array(10).fill(true));
    expect((await second).map(code)).toEqual(['ERR_NODE_NETFILTER_ABORTED']);
    expect((await third).map(code)).toEqual([true]);
  });

  test('finishes what is under way when it is closed, and does nothing after', async () => {
    const list = await scene.blocklist({ maxBatch: 10 });
    const applied = list.apply(addresses(100).map((network) => block(network)));
    const states = firstValueFrom(list.health.pipe(toArray()));
    await list.close();
    await list.close();
    expect((await applied).every(({ ok }) => ok)).toBe(true);
    expect((await states).map(({ state }) => state)).toEqual(['ok', 'closed']);
    for (const call of [
      list.apply([block('203.0.113.7')]),
      list.reconcile([]),
      list.list(),
      list.counters(),
      list.dryRun([]),
    ])
      await expect(call).rejects.toMatchObject({ code: 'ERR_NODE_NETFILTER_CLOSED' });
    expect(scene.nft('list set inet sluice all4_32').match(/10\.0\.0\.\d+/g)).toHaveLength(100);
  });

  test.each([
    ['keep', 2],
    ['flush', 0],
    ['delete', undefined],
  ] as const)('onStop %s leaves %s blocks behind', async (onStop, left) => {
    const list = await scene.blocklist({ onStop });
    await list.apply([block('203.0.113.7'), block('198.51.100.0/24')]);
    await list.close();
    const rules = scene.nft('list ruleset');
    expect(rules.includes('table inet sluice')).toBe(left !== undefined);
    expect(rules.match(/203\.0\.113\.7|198\.51\.100\.0/g) ?? []).toHaveLength(left ?? 0);
  });

  test('an abort of its signal closes it', async () => {
    const abort = new AbortController();
    const list = await scene.blocklist({ signal: abort.signal, onStop: 'delete' });
    const states = firstValueFrom(list.health.pipe(toArray()));
    abort.abort();
    expect((await states).at(-1)?.state).toBe('closed');
  });

  test('counts each network where that is asked for', async () => {
    const list = await scene.blocklist({ elementCounters: true });
    await list.apply([block('203.0.113.7')]);
    expect(await list.list()).toMatchObject([{ packets: 0n, bytes: 0n }]);
  });

  test('says what it would do as nft statements, which nft takes', async () => {
    const list = await scene.blocklist({ layout: 'per-list', cut: 'reset', deny: 'reject' });
    await list.apply([block('203.0.113.7', undefined, { list: 'sshd' })]);
    const start = list.startStatements();
    const then = list.statements([
      block('198.51.100.0/24', 60_000, { list: 'web' }),
      unblock('203.0.113.7', { list: 'sshd' }),
      block('nonsense'),
    ]);
    expect(then.join('\n')).toMatch(/add set inet sluice web\.all4_24/);
    expect(then.join('\n')).toMatch(/delete element inet sluice sshd\.all4_32 \{ 203\.0\.113\.7 \}/);
    await list.close({ onStop: 'delete' });
    scene.namespace.run('nft', [...start, ...then].join('\n'));
    expect(scene.nft('list set inet sluice web.all4_24')).toMatch(/198\.51\.100\.0/);
  });

  test('blocks 100,000 IPv4 and 100,000 IPv6 networks, lists them, lets half in, and the rest ends', async () => {
    const list = await scene.blocklist();
    const all = [...addresses(100_000), ...addresses(100_000, 6)];
    const applied = await list.apply(all.map((network) => block(network, 600_000)));
    expect(applied.filter(({ ok }) => ok)).toHaveLength(200_000);
    expect(new Set(await blocked(list)).size).toBe(200_000);
    const half = all.filter((_, n) => n % 2 === 0);
    const left = await list.apply(half.map((network) => unblock(network)));
    expect(left.filter(({ ok }) => ok)).toHaveLength(100_000);
    expect(await list.list()).toHaveLength(100_000);
    let ended = 0;
    list.expired.subscribe(() => {
      ended += 1;
    });
    const rest = all.filter((_, n) => n % 2 === 1);
    await list.apply(rest.map((network) => block(network, 200)));
    await eventually(async () => [ended, (await list.list()).length], [100_000, 0]);
    expect([...list.remembered()]).toEqual([]);
  }, 60_000);
});
