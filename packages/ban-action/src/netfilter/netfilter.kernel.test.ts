import { setTimeout as sleep } from 'node:timers/promises';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { NetworkNamespace, namespaces } from '../../../../tools/testing/network-namespace.ts';
import { alreadyBanned, ban, unban } from '../testing/events.ts';
import { type NetfilterBackend, netfilter } from './netfilter.ts';
import type { NetfilterOptions } from './netfilter-options.ts';

describeWith(namespaces, 'netfilter in a kernel of its own', () => {
  let namespace: NetworkNamespace;
  beforeEach(async () => {
    namespace = await NetworkNamespace.open();
  });
  afterEach(() => namespace.close());

  const open = async (options: NetfilterOptions = {}): Promise<NetfilterBackend> => {
    const backend = netfilter({ command: namespace.command('nft'), ...options });
    await backend.start();
    return backend;
  };
  const blocked = async (backend: NetfilterBackend): Promise<string[]> =>
    (await backend.list()).map(({ address, prefix }) => `${address.text}/${prefix}`).sort();
  const until = async (backend: NetfilterBackend, expected: string[]): Promise<void> => {
    while (JSON.stringify(await blocked(backend)) !== JSON.stringify(expected)) await sleep(20);
  };

  test('the kernel holds a ban with what is left of its time, and the jail', async () => {
    const backend = await open();
    const outcomes = await backend.apply([ban('203.0.113.7', 600_000)]);
    expect(outcomes).toMatchObject([{ ok: true, backend: 'netfilter', dryRun: false, event: { id: '203.0.113.7' } }]);
    const [network] = await backend.list();
    expect(network).toMatchObject({ address: { text: '203.0.113.7', family: 4 }, prefix: 32, jail: 'sshd' });
    expect(network?.expiresInSeconds).toBeGreaterThan(500);
    expect(network?.expiresInSeconds).toBeLessThanOrEqual(600);
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
    const outcomes = await backend.apply([ban('203.0.113.7', 600_000, old), ban('203.0.113.8', 1000, { endMs: 1000 })]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true]);
    const [network, ...others] = await backend.list();
    expect(others).toEqual([]);
    expect(network?.expiresInSeconds).toBeLessThanOrEqual(100);
  });

  test('a permanent ban has no end', async () => {
    const backend = await open();
    const endMs = Number.POSITIVE_INFINITY;
    await backend.apply([ban('203.0.113.7', endMs, { endMs }), ban('2001:db8::1', endMs, { endMs })]);
    for (const network of await backend.list()) expect(network).not.toHaveProperty('expiresInSeconds');
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
    const ends = new Map(
      (await backend.list()).map(({ address, expiresInSeconds }) => [address.text, expiresInSeconds]),
    );
    expect(ends.get('203.0.113.7')).toBeGreaterThan(800);
    expect(ends.get('203.0.113.8')).toBeUndefined();
    expect(ends.size).toBe(2);
  });

  test('an address that two jails banned is let in when both have let it in', async () => {
    const backend = await open();
    const web = { jail: 'web' };
    await backend.apply([ban('203.0.113.7', 60_000), ban('203.0.113.7', 900_000, web)]);
    await backend.apply([unban('203.0.113.7', web)]);
    const [network] = await backend.list();
    expect(network?.expiresInSeconds).toBeLessThanOrEqual(60);
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

  test('takes 10,000 bans of both families in one go', async () => {
    const backend = await open();
    const addresses = Array.from({ length: 5000 }, (_, n) => [
      `10.0.${n >> 8}.${n & 255}`,
      `2001:db8:${n.toString(16)}::1`,
    ]);
    const outcomes = await backend.apply(addresses.flat().map((id) => ban(id)));
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(outcomes.map(({ event }) => event.id)).toEqual(addresses.flat());
    expect(new Set(await blocked(backend)).size).toBe(10_000);
  });

  test('prolongs and unbans 10,000 in one go', async () => {
    const backend = await open();
    const ids = Array.from({ length: 10_000 }, (_, n) => `2001:db8:${n.toString(16)}::1`);
    await backend.apply(ids.map((id) => ban(id, 60_000)));
    const prolonged = await backend.apply(ids.map((id) => alreadyBanned(id, 900_000)));
    expect(prolonged.every(({ ok }) => ok)).toBe(true);
    expect((await backend.list()).every(({ expiresInSeconds = 0 }) => expiresInSeconds > 800)).toBe(true);
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
    if (table) expect(await blocked(backend)).toHaveLength(bans);
    await backend.stop();
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
    expect(outcomes[3]?.error).toMatchObject({ code: 'ERR_BAN_ACTION_FULL', cure: 'raise maxElements' });
    expect(outcomes[3]?.error?.message).toMatch(/^203\.0\.113\.4 in all4_32: /);
    expect(outcomes[5]?.error?.message).toMatch(/^203\.0\.113\.5 in all4_32: /);
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
    await open({ allow: ['10.0.0.0/8', '10.1.0.0/16', '10.0.0.0/8', '127.0.0.1', '2001:db8::/32', '2001:db8::1'] });
    const rules = namespace.run('nft', '-j', 'list', 'set', 'inet', 'sluice', 'allow4');
    expect(rules).toMatch(/"10\.0\.0\.0", "len": 8/);
    expect(rules).not.toMatch(/10\.1\.0\.0/);
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

  test('without the right to change the firewall, says which right it needs', async () => {
    const powerless = netfilter({ command: ['unshare', '--user', 'nft'] });
    await expect(powerless.start()).rejects.toMatchObject({
      code: 'ERR_BAN_ACTION_PERMISSION',
      cure: 'run as root or give the process CAP_NET_ADMIN',
    });
    const [outcome] = await powerless.apply([ban('203.0.113.7')]);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'ERR_BAN_ACTION_PERMISSION' } });
  });

  test('says that nft is missing where it is, and how to get it', async () => {
    for (const command of [['no-such-nft'], namespace.command('no-such-nft')])
      await expect(netfilter({ command }).start()).rejects.toMatchObject({
        code: 'ERR_BAN_ACTION_MISSING',
        cure: expect.stringMatching(/install the package nftables/),
      });
  });

  test('a table of another kind under its name is left alone and named', async () => {
    namespace.run('nft', 'add table inet sluice; add set inet sluice all4_32 { type ipv6_addr; }');
    await expect(open()).rejects.toMatchObject({ code: 'ERR_BAN_ACTION_REFUSED' });
    expect(namespace.run('nft', 'list', 'table', 'inet', 'sluice')).not.toMatch(/chain/);
  });
});
