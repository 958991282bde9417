import { once } from 'node:events';
import { createConnection } from 'node:net';
import type { Reject } from '@sluice/pipeline';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { namespaces } from '../../../../tools/testing/network-namespace.ts';
import { RemoteSockets } from '../testing/remote-sockets.ts';
import type { BlockOp } from './block-op.ts';
import { holdTable } from './hold-table.ts';
import { openBlocklist } from './open-blocklist.ts';
import { blocked, KernelScene } from './testing/kernel-scene.ts';

const block = (network: string, timeoutMs?: number, list = ''): BlockOp => ({
  kind: 'block',
  network,
  list,
  ...(timeoutMs !== undefined && { timeoutMs }),
});

describeWith(namespaces, 'openBlocklist', () => {
  let scene: KernelScene;
  beforeAll(async () => {
    scene = await KernelScene.open();
  });
  afterEach(() => scene.clear());
  afterAll(() => scene.close());

  test('keeps blocks over a restart, with their lists, also when the hook changes', async () => {
    const first = await scene.blocklist();
    await first.apply([
      block('203.0.113.7', 600_000, 'sshd'),
      block('198.51.100.0/24'),
      { kind: 'block', network: '2001:db8::', ports: [{ protocol: 'udp', port: 53 }] },
    ]);
    await first.close();
    const second = await scene.blocklist({ hook: 'input', priority: 5, deny: 'reject' });
    expect(await blocked(second)).toEqual(['198.51.100.0/24', '2001:db8::/64 udp 53', '203.0.113.7/32']);
    const [sshd, ...others] = [...second.remembered()].filter(({ list }) => list === 'sshd');
    expect(others).toEqual([]);
    expect(sshd).toMatchObject({ network: '203.0.113.7/32', list: 'sshd' });
    expect(sshd?.timeoutMs).toBeLessThanOrEqual(600_000);
    expect(sshd?.timeoutMs).toBeGreaterThan(500_000);
    const rules = scene.nft('list table inet sluice');
    expect(rules).toMatch(/type filter hook input priority filter \+ 5;/);
    expect(rules.match(/goto deny/g)).toHaveLength(4);
    expect(rules).toMatch(/reject/);
  });

  test('takes over a table that an earlier version of Sluice made with nft, with its counter', async () => {
    scene.namespace.run(
      'nft',
      `
      add table inet sluice
      add counter inet sluice denied { packets 5 bytes 300 }
      add set inet sluice allow4 { type ipv4_addr; flags interval; }
      add element inet sluice allow4 { 127.0.0.0/8 }
      add set inet sluice all4_32 { type ipv4_addr; flags timeout; }
      add set inet sluice all6_64 { type ipv6_addr; flags timeout; }
      add chain inet sluice ban { type filter hook prerouting priority -310; policy accept; }
      add chain inet sluice deny
      add rule inet sluice deny counter name "denied" drop
      add rule inet sluice ban ip saddr @all4_32 goto deny
      add element inet sluice all4_32 { 203.0.113.7 timeout 600s comment "sshd", 203.0.113.8 }`,
    );
    const list = await scene.blocklist();
    expect(await list.counters()).toEqual({ packets: 5n, bytes: 300n });
    expect(await blocked(list)).toEqual(['203.0.113.7/32', '203.0.113.8/32']);
    expect([...list.remembered()].map((one) => one.list).sort()).toEqual(['sshd', undefined]);
    expect(scene.nft('list chain inet sluice ban').match(/goto deny/g)).toHaveLength(2);
  });

  test.each([
    ['shared', 'per-list'],
    ['per-list', 'shared'],
  ] as const)('moves the blocks of the layout %s to %s', async (from, to) => {
    const first = await scene.blocklist({ layout: from });
    await first.apply([
      block('203.0.113.7', 600_000, 'sshd'),
      block('203.0.113.8', undefined, 'a b'),
      block('203.0.113.9', 60_000),
    ]);
    await first.close();
    const second = await scene.blocklist({ layout: to });
    const lists = (await second.list()).map(({ address, list = '' }) => `${address} ${list}`).sort();
    expect(lists).toEqual(['203.0.113.7 sshd', '203.0.113.8 a b', '203.0.113.9 ']);
    const table = scene.nft('list table inet sluice');
    expect(table).not.toMatch(to === 'shared' ? /any4_32|\.all4_32/ : /set all4_32/);
    expect(table.match(/203\.0\.113\.8/g)).toHaveLength(to === 'shared' ? 1 : 2);
  });

  test('keeps the blocks when sets have to be made anew, and tells those that have no room', async () => {
    const rejects: Reject[] = [];
    const first = await scene.blocklist();
    await first.apply(['203.0.113.7', '203.0.113.8', '203.0.113.9', '2001:db8::'].map((network) => block(network)));
    await first.close();
    const second = await scene.blocklist({
      maxElements: 2,
      elementCounters: true,
      rejects: { next: (reject) => rejects.push(reject) },
    });
    expect(await second.list()).toHaveLength(3);
    expect([...second.remembered()]).toHaveLength(3);
    expect(rejects).toMatchObject([{ code: 'ERR_NODE_NETFILTER_FULL', component: 'node-netfilter' }]);
    expect((await second.list())[0]).toHaveProperty('packets');
  });

  test('protects the table when that is asked for, and lets go of the protection again; the blocks stay', async () => {
    const first = await scene.blocklist();
    await first.apply([block('203.0.113.7', 600_000)]);
    await first.close();
    const second = await scene.blocklist({ protect: true });
    scene.nft('flush ruleset');
    expect(await blocked(second)).toEqual(['203.0.113.7/32']);
    await second.close();
    const third = await scene.blocklist({ protect: true });
    await third.apply([block('203.0.113.8')]);
    expect(await blocked(third)).toEqual(['203.0.113.7/32', '203.0.113.8/32']);
    await third.close();
    const fourth = await scene.blocklist();
    expect(await blocked(fourth)).toEqual(['203.0.113.7/32', '203.0.113.8/32']);
    scene.nft('add table inet sluice; delete table inet sluice');
  });

  test('a table that belongs to another process is left alone', async () => {
    const other = await RemoteSockets.open(scene.namespace);
    const theirs = await openBlocklist({ sockets: other, transport: 'netlink', protect: true });
    await theirs.apply([block('203.0.113.7')]);
    await expect(scene.blocklist()).rejects.toMatchObject({ code: 'ERR_NODE_NETFILTER_OWNED' });
    expect(await blocked(theirs)).toEqual(['203.0.113.7/32']);
    await theirs.close({ onStop: 'delete' });
    await other.close();
  });

  test('a table of another kind under its name is left alone and named, and nothing is left behind', async () => {
    scene.namespace.run('nft', 'add table inet sluice; add set inet sluice all4_32 { type ipv6_addr; }');
    const before = scene.nft('list ruleset');
    await expect(scene.blocklist()).rejects.toMatchObject({
      code: 'ERR_NODE_NETFILTER_REFUSED',
      message: expect.stringContaining('all4_32'),
    });
    expect(scene.nft('list ruleset')).toBe(before);
  });

  test('a table that others refer to is left as it was when it cannot be made anew', async () => {
    const first = await scene.blocklist();
    await first.apply([block('203.0.113.7')]);
    await first.close();
    scene.nft('add chain inet sluice mine; add rule inet sluice mine goto deny');
    const before = scene.nft('list ruleset');
    await expect(scene.blocklist({ hook: 'input' })).rejects.toMatchObject({
      code: expect.stringMatching(/^ERR_NODE_NETFILTER_/),
    });
    expect(scene.nft('list ruleset')).toBe(before);
  });

  test.each(['drop', 'reject', 'reset'] as const)(
    'the kernel takes the rules for %s at each hook, with each cut',
    async (deny) => {
      for (const place of [
        { hook: 'prerouting' },
        { hook: 'input', passEstablished: true },
        { hook: 'ingress', devices: ['lo'] },
      ] as const)
        for (const cut of ['none', 'reset', 'kill'] as const) {
          const list = await scene.blocklist({ ...place, deny, cut, layout: cut === 'none' ? 'per-list' : 'shared' });
          expect((await list.apply([block('203.0.113.7'), block('2001:db8::/48')])).map(({ ok }) => ok)).toEqual([
            true,
            true,
          ]);
          expect(await blocked(list)).toEqual(['2001:db8::/48', '203.0.113.7/32']);
          await list.close({ onStop: 'delete' });
        }
    },
  );

  test('networks that are let pass may lie in others', async () => {
    await scene.blocklist({
      allow: ['10.0.0.0/8', '10.1.0.0/16', '10.0.0.0/8', '127.0.0.1', '2001:db8::/32', '2001:db8::1'],
    });
    expect(scene.nft('list set inet sluice allow4')).toMatch(/10\.0\.0\.0\/8, 127\.0\.0\.0\/8/);
    expect(scene.nft('list set inet sluice allow6')).toMatch(/2001:db8::\/32/);
    await scene.clear();
    await scene.blocklist({ allow: ['10.0.0.0/8'] });
    expect(scene.nft('list set inet sluice allow6')).not.toMatch(/2001:db8/);
  });

  test('without the right to change the firewall, says which right it needs', async () => {
    const sockets = await RemoteSockets.open(scene.namespace);
    await sockets.dropCapabilities();
    await expect(openBlocklist({ sockets, transport: 'netlink' })).rejects.toMatchObject({
      code: 'ERR_NODE_NETFILTER_PERMISSION',
    });
    await sockets.close();
  });

  test('two of one table exclude each other, until the first is closed', async () => {
    const first = await scene.blocklist();
    await expect(scene.blocklist()).rejects.toMatchObject({ code: 'ERR_NODE_NETFILTER_IN_USE' });
    const other = await scene.blocklist({ table: 'other' });
    await first.close();
    await (await scene.blocklist()).close();
    expect(await other.list()).toEqual([]);
  });

  test('uses what its caller has opened, and leaves it open', async () => {
    const { openNetfilter } = await import('../netfilter/open-netfilter.ts');
    const netfilter = await openNetfilter({ sockets: scene.sockets, transport: 'netlink' });
    const list = await openBlocklist({ netfilter });
    await list.apply([block('203.0.113.7')]);
    await expect(openBlocklist({ netfilter })).rejects.toMatchObject({ code: 'ERR_NODE_NETFILTER_IN_USE' });
    await list.close();
    expect(await netfilter.tables()).toHaveLength(1);
    await netfilter.close();
  });

  test('an abort while it is opened leaves nothing open', async () => {
    const descriptors = await scene.sockets.descriptors();
    await expect(scene.blocklist({ signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'ERR_NODE_NETFILTER_ABORTED',
    });
    expect(await scene.sockets.descriptors()).toBe(descriptors);
  });
});

describe('holdTable', () => {
  const way = (table: string) => ({ table, command: undefined, sockets: undefined, netfilter: undefined });

  test('holds a table against other processes of the network namespace, which get nothing from it', async () => {
    const table = `test-${process.pid}`;
    const release = await holdTable(way(table));
    await expect(holdTable(way(table))).rejects.toMatchObject({
      code: 'ERR_NODE_NETFILTER_IN_USE',
      cure: expect.stringMatching(/stop that one/),
    });
    const connection = createConnection({ path: `\0sluice/netfilter/${table}` }).resume();
    await once(connection, 'close');
    const others = await Promise.all([
      holdTable(way(`${table}-2`)),
      holdTable({ ...way(table), command: ['ip', 'netns', 'exec', 'web', 'nft'] }),
    ]);
    await Promise.all([release(), ...others.map((one) => one())]);
    await (await holdTable(way(table)))();
  });
});
