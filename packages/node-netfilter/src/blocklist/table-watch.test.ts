import { CounterMetrics } from '@sluice/pipeline';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { namespaces } from '../../../../tools/testing/network-namespace.ts';
import { nodeNetfilterMetrics } from '../metrics.ts';
import type { BlockOp } from './block-op.ts';
import type { Blocklist } from './blocklist.ts';
import type { Health } from './health.ts';
import { blocked, eventually, KernelScene } from './testing/kernel-scene.ts';

const block = (network: string, timeoutMs?: number): BlockOp => ({
  kind: 'block',
  network,
  ...(timeoutMs !== undefined && { timeoutMs }),
});

/** All that its health says, from now on. */
function healthOf(list: Blocklist): Health[] {
  const seen: Health[] = [];
  list.health.subscribe((health) => seen.push(health));
  return seen;
}

describeWith(namespaces, "the watch over a block list's table", () => {
  let scene: KernelScene;
  beforeAll(async () => {
    scene = await KernelScene.open();
  });
  afterEach(() => scene.clear());
  afterAll(() => scene.close());

  test.each(['netlink', 'nft'] as const)(
    'puts everything back by itself after a foreign flush of the ruleset (%s)',
    async (transport) => {
      const metrics = new CounterMetrics();
      const list = await scene.blocklist({ transport, metrics });
      await list.apply([block('203.0.113.7', 600_000), block('198.51.100.0/24'), block('2001:db8::1')]);
      const seen = healthOf(list);
      await eventually(async () => seen.map(({ state }) => state), ['ok']);
      scene.nft('flush ruleset');
      await eventually(() => blocked(list), ['198.51.100.0/24', '2001:db8::/64', '203.0.113.7/32']);
      await eventually(async () => seen.map(({ state }) => state), ['ok', 'repairing', 'ok']);
      expect(seen[1]?.reason).toBe('the table was removed');
      expect(seen[2]).toMatchObject({ repairs: 1 });
      expect(metrics.get(nodeNetfilterMetrics.repairs)).toBe(1);
      expect(scene.nft('list chain inet sluice ban').match(/goto deny/g)).toHaveLength(3);
    },
  );

  test.each([
    ['a chain is emptied', 'flush chain inet sluice ban'],
    ['all rules are removed', 'flush table inet sluice'],
    ['a rule is inserted', 'insert rule inet sluice ban accept'],
    ['a rule is added to what blocked ones meet', 'insert rule inet sluice deny accept'],
    ['the table is put to sleep', 'add table inet sluice { flags dormant; }'],
    ['a set is emptied', 'flush set inet sluice all4_32'],
    ['an element is removed', 'delete element inet sluice all4_32 { 203.0.113.7 }'],
    ['an element is given another end', 'add element inet sluice all4_32 { 203.0.113.7 timeout 5s }'],
    ['the allowed networks are removed', 'flush set inet sluice allow4'],
    [
      'a set is replaced by one of another kind',
      'flush chain inet sluice ban; delete set inet sluice all4_32; add set inet sluice all4_32 { type ipv6_addr; }',
    ],
    ['the chain gets another policy', 'chain inet sluice ban { policy drop; }'],
  ])('puts back the table when %s', async (_, text) => {
    const list = await scene.blocklist({ watchIntervalMs: 20 });
    await list.apply([block('203.0.113.7', 600_000), block('203.0.113.8')]);
    // One look, so that it is known what stood.
    await new Promise((resolve) => setTimeout(resolve, 60));
    const plain = (): string =>
      scene
        .nft('list table inet sluice')
        .replace(/(?:timeout|expires) [^,}]*/g, '')
        .replace(/\n\s+/g, ' ');
    const before = plain();
    scene.nft(text);
    await eventually(async () => plain(), before);
    const ends = async (): Promise<boolean[]> =>
      (await list.list()).flatMap(({ expiresInMs }) => (expiresInMs === undefined ? [] : [expiresInMs > 500_000]));
    await eventually(ends, [true]);
  });

  test('leaves alone what others do beside the table, and what they add to it', async () => {
    const list = await scene.blocklist({ watchIntervalMs: 20 });
    await list.apply([block('203.0.113.7')]);
    const seen = healthOf(list);
    scene.nft(
      'add table inet other; add chain inet other input { type filter hook input priority 0; }; add chain inet sluice mine; add element inet sluice all4_32 { 203.0.113.99 }',
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(seen.map(({ state }) => state)).toEqual(['ok']);
    expect(await blocked(list)).toEqual(['203.0.113.7/32', '203.0.113.99/32']);
    expect((await list.apply([{ kind: 'unblock', network: '203.0.113.99' }]))[0]).toMatchObject({ ok: true });
    expect(await blocked(list)).toEqual(['203.0.113.7/32']);
    expect(scene.nft('list table inet sluice')).toMatch(/chain mine/);
  });

  test('a block into a table that has just gone makes it anew, with all others', async () => {
    const list = await scene.blocklist({ watchIntervalMs: 60_000 });
    await list.apply([block('203.0.113.7'), block('2001:db8::')]);
    const seen = healthOf(list);
    scene.nft('flush ruleset');
    const outcomes = await list.apply([
      block('203.0.113.8'),
      { kind: 'unblock', network: '2001:db8::' },
      block('198.51.100.0/24'),
    ]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(await blocked(list)).toEqual(['198.51.100.0/24', '203.0.113.7/32', '203.0.113.8/32']);
    expect(seen.at(-1)).toMatchObject({ state: 'ok', repairs: 1 });
  });

  test('when the right to change the firewall is lost, says so and goes on trying', async () => {
    const list = await scene.blocklist({ watchIntervalMs: 20 });
    await list.apply([block('203.0.113.7')]);
    const seen = healthOf(list);
    await scene.sockets.dropCapabilities();
    const permission = 'ERR_NODE_NETFILTER_PERMISSION';
    const outcomes = await list.apply([block('203.0.113.8'), { kind: 'unblock', network: '203.0.113.7' }]);
    expect(outcomes.map(({ error }) => error?.code)).toEqual([permission, permission]);
    expect([...list.remembered()].map(({ network }) => network)).toEqual(['203.0.113.7/32']);
    await eventually(async () => seen.map(({ state }) => state), ['ok', 'failing']);
    expect(seen[1]?.error?.code).toBe(permission);
    await list.close();
    await scene.restart();
    expect(await blocked(await scene.blocklist())).toEqual(['203.0.113.7/32']);
  });

  test.each([false, true])('goes on by another socket when the one it has breaks (protect: %s)', async (protect) => {
    const sockets = {
      open: (protocol: number) => scene.sockets.open(protocol),
      listen: (protocol: number, groups: number) => scene.sockets.listen(protocol, groups),
    };
    const list = await scene.blocklist({ watchIntervalMs: 20, sockets, protect });
    await list.apply([block('203.0.113.7')]);
    const seen = healthOf(list);
    const applied = list.apply([block('203.0.113.8')]);
    await scene.restart();
    const [outcome] = await applied;
    await eventually(async () => seen.at(-1)?.state, 'ok');
    await eventually(() => blocked(list), outcome?.ok ? ['203.0.113.7/32', '203.0.113.8/32'] : ['203.0.113.7/32']);
    expect((await list.apply([block('203.0.113.9')]))[0]).toMatchObject({ ok: true });
    expect(seen.at(-1)?.repairs).toBeGreaterThan(0);
    await list.close({ onStop: 'delete' });
  });

  test('does not look at a table again and again that nobody touches', async () => {
    const list = await scene.blocklist({ watchIntervalMs: 10 });
    await list.apply([block('203.0.113.7')]);
    const seen = healthOf(list);
    for (let n = 0; n < 20; n++) {
      await list.apply([block(`203.0.113.${n}`), { kind: 'unblock', network: '198.51.100.1' }]);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(seen.map(({ state }) => state)).toEqual(['ok']);
  });
});
