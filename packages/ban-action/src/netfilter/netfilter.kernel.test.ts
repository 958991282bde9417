import { setTimeout as sleep } from 'node:timers/promises';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { NetworkNamespace, namespaces } from '../../../../tools/testing/network-namespace.ts';
import { alreadyBanned, ban, unban } from '../testing/events.ts';
import { netfilter } from './netfilter.ts';
import type { PlainOptions } from './testing/netfilter-worker.ts';
import { RemoteNetfilter } from './testing/remote-netfilter.ts';

type Backend = Pick<RemoteNetfilter, 'start' | 'apply' | 'reconcile' | 'flush' | 'list' | 'stop'>;

/** Both ways to the kernel do the same. */
const ways: Readonly<Record<string, (namespace: NetworkNamespace, options: PlainOptions) => Promise<Backend>>> = {
  netlink: (namespace, options) => RemoteNetfilter.in(namespace, options),
  nft: async (namespace, { ports, ...options }) => {
    const portsOf = ports && ((jail: string) => ports[jail]);
    const backend = netfilter({ command: namespace.command('nft'), ...options, ...(portsOf && { portsOf }) });
    await backend.start();
    return backend;
  },
};

describeWith(namespaces, 'netfilter in a kernel of its own', () =>
  describe.each(Object.keys(ways))('over %s', (way) => {
    const many = way === 'netlink' ? 10_000 : 2000;
    let namespace: NetworkNamespace;
    const opened: Backend[] = [];
    beforeEach(async () => {
      namespace = await NetworkNamespace.open();
    });
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((backend) => backend.stop()));
      await namespace.close();
    });

    const open = async (options: PlainOptions = {}): Promise<Backend> => {
      const backend = await (ways[way] as (typeof ways)[string])(namespace, options);
      opened.push(backend);
      return backend;
    };
    const blocked = async (backend: Backend): Promise<string[]> =>
      (await backend.list()).map(({ address, prefix }) => `${address}/${prefix}`).sort();
    const until = async (backend: Backend, expected: string[]): Promise<void> => {
      while (JSON.stringify(await blocked(backend)) !== JSON.stringify(expected)) await sleep(20);
    };

    test('the kernel holds a ban with what is left of its time, and the jail', async () => {
      const backend = await open();
      const outcomes = await backend.apply([ban('203.0.113.7', 600_000)]);
      expect(outcomes).toMatchObject([{ ok: true, backend: 'netfilter', dryRun: false, event: { id: '203.0.113.7' } }]);
      const [network] = await backend.list();
      expect(network).toMatchObject({ address: '203.0.113.7', family: 4, prefix: 32, jail: 'sshd' });
      expect(network?.expiresInMs).toBeGreaterThan(500_000);
      expect(network?.expiresInMs).toBeLessThanOrEqual(600_000);
    });

    test('the kernel ends a ban by itself', async () => {
      const backend = await open();
      await backend.apply([ban('203.0.113.7', 800), ban('203.0.113.8')]);
      expect(await blocked(backend)).toEqual(['203.0.113.7/32', '203.0.113.8/32']);
      await until(backend, ['203.0.113.8/32']);
    });

    test('a ban that began long ago gets what is left of it, and one that is over gets nothing', async () => {
      const backend = await open();
      const startedMs = Date.now() - 500_000;
      const old = { timeMs: startedMs, endMs: startedMs + 600_000 };
      const outcomes = await backend.apply([
        ban('203.0.113.7', 600_000, old),
        ban('203.0.113.8', 1000, { endMs: 1000 }),
      ]);
      expect(outcomes.map(({ ok }) => ok)).toEqual([true, true]);
      const [network, ...others] = await backend.list();
      expect(others).toEqual([]);
      expect(network?.expiresInMs).toBeLessThanOrEqual(100_000);
    });

    test('a permanent ban has no end', async () => {
      const backend = await open();
      const endMs = Number.POSITIVE_INFINITY;
      await backend.apply([ban('203.0.113.7', endMs, { endMs }), ban('2001:db8::1', endMs, { endMs })]);
      for (const network of await backend.list()) expect(network).not.toHaveProperty('expiresInMs');
      expect(await backend.list()).toHaveLength(2);
    });

    test('an IPv6 address is banned with its /64, or alone where that is asked for', async () => {
      const wide = await open();
      await wide.apply([ban('2001:db8:1:2:3:4:5:6')]);
      expect(await blocked(wide)).toEqual(['2001:db8:1:2::/64']);
      const narrow = await open({ table: 'narrow', ipv6Prefix: 128 });
      await narrow.apply([ban('2001:db8:1:2:3:4:5:6')]);
      expect(await blocked(narrow)).toEqual(['2001:db8:1:2:3:4:5:6/128']);
    });

    test('unbans, and to unban what is not banned succeeds', async () => {
      const backend = await open();
      await backend.apply([ban('203.0.113.7'), ban('203.0.113.8'), ban('2001:db8::1')]);
      const outcomes = await backend.apply([unban('203.0.113.7'), unban('203.0.113.99'), unban('2001:db8::1')]);
      expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true]);
      expect(await blocked(backend)).toEqual(['203.0.113.8/32']);
    });

    test('within one batch the last word counts', async () => {
      const backend = await open();
      await backend.apply([ban('203.0.113.7'), unban('203.0.113.7'), unban('203.0.113.8'), ban('203.0.113.8')]);
      expect(await blocked(backend)).toEqual(['203.0.113.8/32']);
    });

    test('a ban that goes on gets its new end, and a timed one may become permanent', async () => {
      const backend = await open();
      await backend.apply([ban('203.0.113.7', 60_000), ban('203.0.113.8', 60_000)]);
      const later = [alreadyBanned('203.0.113.7', 900_000), alreadyBanned('203.0.113.8', 1, { endMs: Infinity })];
      expect((await backend.apply(later)).map(({ ok }) => ok)).toEqual([true, true]);
      const ends = new Map((await backend.list()).map(({ address, expiresInMs }) => [address, expiresInMs]));
      expect(ends.get('203.0.113.7')).toBeGreaterThan(800_000);
      expect(ends.get('203.0.113.8')).toBeUndefined();
      expect(ends.size).toBe(2);
    });

    test('an address that two jails banned is let in when both have let it in', async () => {
      const backend = await open();
      const web = { jail: 'web' };
      await backend.apply([ban('203.0.113.7', 60_000), ban('203.0.113.7', 900_000, web)]);
      await backend.apply([unban('203.0.113.7', web)]);
      const [network] = await backend.list();
      expect(network?.expiresInMs).toBeLessThanOrEqual(60_000);
      await backend.apply([unban('203.0.113.7')]);
      expect(await blocked(backend)).toEqual([]);
    });

    test('a network of which two addresses are banned is let in when both are', async () => {
      const backend = await open();
      await backend.apply([ban('2001:db8::1'), ban('2001:db8::2')]);
      await backend.apply([unban('2001:db8::1')]);
      expect(await blocked(backend)).toEqual(['2001:db8::/64']);
      await backend.apply([unban('2001:db8::2')]);
      expect(await blocked(backend)).toEqual([]);
    });

    test(`takes ${many} bans of both families in one go`, async () => {
      const backend = await open();
      const addresses = Array.from({ length: many / 2 }, (_, n) => [
        `10.0.${n >> 8}.${n & 255}`,
        `2001:db8:${n.toString(16)}::1`,
      ]);
      const outcomes = await backend.apply(addresses.flat().map((id) => ban(id)));
      expect(outcomes.every(({ ok }) => ok)).toBe(true);
      expect(outcomes.map(({ event }) => event.id)).toEqual(addresses.flat());
      expect(new Set(await blocked(backend)).size).toBe(many);
    });

    test(`prolongs and unbans ${many} in one go`, async () => {
      const backend = await open();
      const ids = Array.from({ length: many }, (_, n) => `2001:db8:${n.toString(16)}::1`);
      await backend.apply(ids.map((id) => ban(id, 60_000)));
      const prolonged = await backend.apply(ids.map((id) => alreadyBanned(id, 900_000)));
      expect(prolonged.every(({ ok }) => ok)).toBe(true);
      expect((await backend.list()).every(({ expiresInMs = 0 }) => expiresInMs > 800_000)).toBe(true);
      expect((await backend.apply(ids.map((id) => unban(id)))).every(({ ok }) => ok)).toBe(true);
      expect(await blocked(backend)).toEqual([]);
    });

    test('keeps bans over a restart, also when the hook changes', async () => {
      const first = await open();
      await first.apply([ban('203.0.113.7')]);
      await first.stop();
      const second = await open({ hook: 'input', priority: 5, deny: 'reject' });
      await second.start();
      expect(await blocked(second)).toEqual(['203.0.113.7/32']);
      const rules = namespace.run('nft', 'list', 'table', 'inet', 'sluice');
      expect(rules).toMatch(/type filter hook input priority filter \+ 5;/);
      expect(rules.match(/goto deny/g)).toHaveLength(2);
    });

    test.each([
      ['keep', 1, true],
      ['flush', 0, true],
      ['delete', 0, false],
    ] as const)('onStop %s leaves %i bans behind', async (onStop, bans, table) => {
      const backend = await open({ onStop });
      await backend.apply([ban('203.0.113.7')]);
      await backend.stop();
      expect(namespace.run('nft', 'list', 'tables').includes('sluice')).toBe(table);
      expect(await blocked(await open())).toHaveLength(bans);
      await backend.stop();
    });

    test('makes exactly the given bans stand, whatever stood before', async () => {
      const first = await open();
      await first.apply(['203.0.113.1', '203.0.113.2', '2001:db8::1'].map((id) => ban(id)));
      await first.stop();
      const second = await open();
      const outcomes = await second.reconcile([ban('203.0.113.2', 60_000), ban('203.0.113.3'), ban('x')]);
      expect(outcomes.map(({ ok, error }) => [ok, error?.code])).toEqual([
        [true, undefined],
        [true, undefined],
        [false, 'ERR_BAN_ACTION_ADDRESS'],
      ]);
      expect(await blocked(second)).toEqual(['203.0.113.2/32', '203.0.113.3/32']);
      expect((await second.list()).find(({ address }) => address === '203.0.113.2')?.expiresInMs).toBeLessThanOrEqual(
        60_000,
      );
      await second.apply([unban('203.0.113.2')]);
      expect(await blocked(second)).toEqual(['203.0.113.3/32']);
      await second.flush();
      expect(await blocked(second)).toEqual([]);
    });

    test('of two jails with ports of their own, each bans its own and lets in its own', async () => {
      const ports = {
        sshd: [{ protocol: 'tcp', port: 22 }],
        web: [
          { protocol: 'tcp', port: 22 },
          { protocol: 'tcp', port: 443 },
        ],
      } as const;
      const backend = await open({ ports });
      const web = { jail: 'web' };
      await backend.apply([
        ban('203.0.113.7'),
        ban('203.0.113.7', 60_000, web),
        ban('203.0.113.7', 60_000, { jail: 'all' }),
      ]);
      const held = async () => (await backend.list()).map(({ port }) => port?.port ?? 'all').sort();
      expect(await held()).toEqual([22, 443, 'all']);
      await backend.apply([unban('203.0.113.7', web)]);
      expect(await held()).toEqual([22, 'all']);
      await backend.apply([unban('203.0.113.7'), unban('203.0.113.7', { jail: 'all' })]);
      expect(await held()).toEqual([]);
    });

    test('with a layout of a set for each jail, their bans stand apart', async () => {
      const backend = await open({ layout: 'per-jail' });
      await backend.apply([ban('203.0.113.7'), ban('203.0.113.7', 60_000, { jail: 'web' })]);
      const jails = async () => [...new Set((await backend.list()).map(({ jail }) => jail))].sort();
      expect(await jails()).toEqual(['sshd', 'web']);
      await backend.apply([unban('203.0.113.7')]);
      expect(await jails()).toEqual(['web']);
    });

    test('puts everything back when someone flushed the ruleset', async () => {
      const backend = await open();
      await backend.apply([ban('203.0.113.7', 60_000), ban('2001:db8::1')]);
      namespace.run('nft', 'flush', 'ruleset');
      const outcomes = await backend.apply([ban('203.0.113.8'), unban('2001:db8::1')]);
      expect(outcomes.map(({ ok }) => ok)).toEqual([true, true]);
      expect(await blocked(backend)).toEqual(['203.0.113.7/32', '203.0.113.8/32']);
      const rules = namespace.run('nft', 'list', 'table', 'inet', 'sluice');
      expect(rules.match(/goto deny/g)).toHaveLength(2);
    });

    test('what does not fit into a full set fails alone, each with its own error', async () => {
      const backend = await open({ maxElements: 3 });
      const ids = ['203.0.113.1', '203.0.113.2', '203.0.113.3', '203.0.113.4', '2001:db8::1', '203.0.113.5'];
      const outcomes = await backend.apply(ids.map((id) => ban(id)));
      expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true, false, true, false]);
      expect(outcomes[3]?.error).toMatchObject({
        code: 'ERR_BAN_ACTION_FULL',
        cure: expect.stringMatching(/maxElements/),
      });
      expect(outcomes[3]?.error?.message).toMatch(/203\.0\.113\.4\b.* all4_32/);
      expect(outcomes[5]?.error?.message).toMatch(/203\.0\.113\.5\b.* all4_32/);
      expect(await backend.list()).toHaveLength(4);
      const unbanned = await backend.apply([
        unban('203.0.113.99'),
        unban('203.0.113.1'),
        alreadyBanned('203.0.113.2', 9000),
      ]);
      expect(unbanned.map(({ ok }) => ok)).toEqual([true, true, true]);
      expect((await backend.apply([ban('203.0.113.5')])).map(({ ok }) => ok)).toEqual([true]);
    });

    test('an id that is no address fails alone, and what says it is one is not believed', async () => {
      const backend = await open();
      const hostile = { address: { text: '203.0.113.9 } ; flush ruleset', family: 4 } } as const;
      const outcomes = await backend.apply([ban('203.0.113.7'), ban('session 17'), ban('x', 1000, hostile)]);
      expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, false]);
      expect(outcomes.map(({ error }) => error?.code)).toEqual([
        undefined,
        'ERR_BAN_ACTION_ADDRESS',
        'ERR_BAN_ACTION_ADDRESS',
      ]);
      expect(await blocked(backend)).toEqual(['203.0.113.7/32']);
    });

    test('takes networks to let pass, also ones that lie in others', async () => {
      const first = await open({
        allow: ['10.0.0.0/8', '10.1.0.0/16', '10.0.0.0/8', '127.0.0.1', '2001:db8::/32', '2001:db8::1'],
      });
      const rules = namespace.run('nft', '-j', 'list', 'set', 'inet', 'sluice', 'allow4');
      expect(rules).toMatch(/"10\.0\.0\.0", "len": 8/);
      expect(rules).not.toMatch(/10\.1\.0\.0/);
      await first.stop();
      await open({ allow: ['10.0.0.0/8'] });
      expect(namespace.run('nft', '-j', 'list', 'set', 'inet', 'sluice', 'allow6')).not.toMatch(/2001:db8/);
    });

    test.each([
      ['drop', 'prerouting'],
      ['drop', 'input'],
      ['reject', 'prerouting'],
      ['reject', 'input'],
      ['reset', 'prerouting'],
      ['reset', 'input'],
    ] as const)('the kernel takes the rules for %s at %s', async (deny, hook) => {
      await open({ deny, hook, ipv4Prefix: 24 });
      const rules = namespace.run('nft', 'list', 'table', 'inet', 'sluice');
      expect(rules).toMatch({ drop: /drop/, reject: /"denied" reject\n/, reset: /tcp reset[\s\S]*drop/ }[deny]);
      expect(rules).toMatch(/ip saddr & 255\.255\.255\.0 == @all4_24 goto deny/);
    });

    test('a table of another kind under its name is left alone and named', async () => {
      namespace.run('nft', 'add table inet sluice; add set inet sluice all4_32 { type ipv6_addr; }');
      await expect(open()).rejects.toMatchObject({ code: 'ERR_BAN_ACTION_REFUSED' });
      expect(namespace.run('nft', 'list', 'table', 'inet', 'sluice')).not.toMatch(/chain/);
    });
  }),
);
