import { setTimeout as sleep } from 'node:timers/promises';
import { type Ban, fixedClock } from '@sluice/pipeline';
import { describeWith, program } from '../../../../tools/testing/describe-with.ts';
import { NetworkNamespace, namespaces } from '../../../../tools/testing/network-namespace.ts';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import type { NetworkBackend } from '../networks/network-backend.ts';
import { alreadyBanned, ban, unban } from '../testing/events.ts';
import { ipset } from './ipset.ts';
import type { IpsetOptions } from './options.ts';

const needs = [
  ...namespaces,
  program('ipset'),
  program('iptables-nft', 'iptables'),
  program('iptables-legacy', 'iptables'),
];

describeWith(needs, 'ipset in a kernel of its own', () => {
  const folder = tempFolder();
  let namespace: NetworkNamespace;
  const opened: NetworkBackend[] = [];
  beforeEach(async () => {
    namespace = await NetworkNamespace.open();
  });
  afterEach(async () => {
    for (const backend of opened.splice(0)) await backend.stop().catch(() => {});
    await namespace.close();
  });

  const make = (options: IpsetOptions = {}): NetworkBackend => {
    const backend = ipset({ prefix: namespace.command(), variant: 'nft', ...options });
    opened.push(backend);
    return backend;
  };
  const open = async (options: IpsetOptions = {}): Promise<NetworkBackend> => {
    const backend = make(options);
    await backend.start();
    return backend;
  };
  const blocked = async (backend: NetworkBackend): Promise<string[]> =>
    (await backend.list()).map(({ address, prefix }) => `${address}/${prefix}`).sort();
  const rules = (family = ''): string => namespace.run(`ip${family}tables-nft`, '-S', 'INPUT');
  const many = (count: number): string[] =>
    Array.from({ length: count / 2 }, (_, n) => [`10.0.${n >> 8}.${n & 255}`, `2001:db8:${n.toString(16)}::1`]).flat();

  test('the kernel holds a ban with what is left of its time, and the jail', async () => {
    const backend = await open();
    expect(await backend.apply([ban('203.0.113.7', 600_000), ban('2001:db8:1:2:3::4')])).toMatchObject([
      { ok: true, backend: 'ipset', event: { id: '203.0.113.7' } },
      { ok: true },
    ]);
    const listed = await backend.list();
    expect(listed).toMatchObject([
      { address: '203.0.113.7', family: 4, prefix: 32, jail: 'sshd' },
      { address: '2001:db8:1:2::', family: 6, prefix: 64, jail: 'sshd' },
    ]);
    expect(listed[0]?.expiresInMs).toBeGreaterThan(590_000);
    expect(listed[0]?.expiresInMs).toBeLessThanOrEqual(600_000);
  });

  test('one rule a family denies what is in the sets, also after a second start', async () => {
    const backend = await open();
    await backend.start();
    await (await open()).start();
    expect(rules().match(/--match-set/g)).toHaveLength(1);
    expect(rules()).toMatch('-A INPUT ! -i lo -m set --match-set sluice4 src -j DROP\n');
    expect(rules('6')).toMatch('-A INPUT ! -i lo -m set --match-set sluice6 src -j sluice6\n');
  });

  test.each(['nft', 'legacy'] as const)('works with iptables-%s, in another table and chain', async (variant) => {
    const lock = ['env', `XTABLES_LOCKFILE=${folder('lock')}`];
    const backend = await open({ variant, prefix: namespace.command(...lock), table: 'raw', onStop: 'delete' });
    const saved = (): string => namespace.run(...lock, `iptables-${variant}`, '-t', 'raw', '-S');
    expect(saved()).toMatch('-A PREROUTING ! -i lo -m set --match-set sluice4 src -j DROP');
    await backend.apply([ban('203.0.113.7')]);
    await backend.stop();
    expect(saved()).not.toMatch('match-set');
    expect(namespace.run('ipset', 'list', '-n')).toBe('');
  });

  test('the kernel ends a ban by itself', async () => {
    const backend = await open();
    await backend.apply([ban('203.0.113.7', 900), ban('203.0.113.8')]);
    expect(await blocked(backend)).toEqual(['203.0.113.7/32', '203.0.113.8/32']);
    while ((await blocked(backend)).length > 1) await sleep(20);
  });

  test('a ban for ever, and one longer than ipset can count, have no end in the kernel', async () => {
    const backend = await open();
    const endMs = Number.POSITIVE_INFINITY;
    await backend.apply([
      ban('203.0.113.7', endMs, { endMs }),
      ban('203.0.113.8', 25 * 86_400_000),
      ban('203.0.113.9', 24 * 86_400_000),
    ]);
    const ends = new Map((await backend.list()).map(({ address, expiresInMs }) => [address, expiresInMs]));
    expect([ends.get('203.0.113.7'), ends.get('203.0.113.8')]).toEqual([undefined, undefined]);
    expect(ends.get('203.0.113.9')).toBeGreaterThan(23 * 86_400_000);
    expect(ends.size).toBe(3);
  });

  test('unbans, and to unban what is not banned succeeds', async () => {
    const backend = await open();
    await backend.apply([ban('203.0.113.7'), ban('203.0.113.8'), ban('2001:db8::1')]);
    const outcomes = await backend.apply([unban('203.0.113.7'), unban('203.0.113.99'), unban('2001:db8::1')]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(await blocked(backend)).toEqual(['203.0.113.8/32']);
  });

  test('a ban that goes on gets its new end, later or earlier', async () => {
    const backend = await open();
    await backend.apply([ban('203.0.113.7', 60_000), ban('203.0.113.8', 900_000)]);
    await backend.apply([alreadyBanned('203.0.113.7', 900_000), alreadyBanned('203.0.113.8', 60_000)]);
    const ends = new Map((await backend.list()).map(({ address, expiresInMs = 0 }) => [address, expiresInMs]));
    expect(ends.get('203.0.113.7')).toBeGreaterThan(800_000);
    expect(ends.get('203.0.113.8')).toBeLessThanOrEqual(60_000);
  });

  test('networks that overlap stand side by side', async () => {
    const wide = await open({ ipv4Prefix: 24 });
    await wide.apply([ban('203.0.113.7')]);
    const narrow = await open();
    await narrow.apply([ban('203.0.113.7')]);
    await narrow.apply([unban('203.0.113.7')]);
    expect(await blocked(narrow)).toEqual(['203.0.113.0/24']);
  });

  test('takes 10,000 bans of both families in one go, prolongs them, and lets half of them in', async () => {
    const backend = await open();
    const ids = many(10_000);
    const outcomes = await backend.apply(ids.map((id) => ban(id, 60_000)));
    expect(outcomes.every(({ ok }, n) => ok && outcomes[n]?.event.id === ids[n])).toBe(true);
    expect(new Set(await blocked(backend)).size).toBe(10_000);
    await backend.apply(ids.map((id) => alreadyBanned(id, 900_000)));
    expect((await backend.list()).every(({ expiresInMs = 0 }) => expiresInMs > 800_000)).toBe(true);
    const half = ids.filter((_, n) => n % 4 < 2);
    expect((await backend.apply(half.map((id) => unban(id)))).every(({ ok }) => ok)).toBe(true);
    expect(await blocked(backend)).toHaveLength(5000);
  });

  test.each([5, 1000])(
    'what a full set has no room for fails alone, each with its own error (%i bans)',
    async (count) => {
      // The set holds one element of its own.
      const backend = await open({ maxElements: 4 });
      const ids = Array.from({ length: count }, (_, n) => `10.0.${n >> 8}.${n & 255}`);
      const outcomes = await backend.apply([...ids, '2001:db8::1'].map((id) => ban(id)));
      expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true, ...ids.slice(3).map(() => false), true]);
      expect(outcomes[4]?.error).toMatchObject({ code: 'ERR_BAN_ACTION_FULL', cure: 'raise maxElements' });
      expect(outcomes[4]?.error?.message).toMatch(
        '10.0.0.4/32 in sluice4: ipset: Hash is full, cannot add more elements',
      );
      expect(await backend.list()).toHaveLength(4);
    },
  );

  test('makes exactly the given bans stand, in one go, and keeps no second set', async () => {
    const backend = await open();
    await backend.apply(['203.0.113.1', '203.0.113.2', '2001:db8::1'].map((id) => ban(id)));
    const wanted = many(2000).map((id) => ban(id) as Ban);
    expect((await backend.reconcile(wanted)).every(({ ok }) => ok)).toBe(true);
    expect(await backend.list()).toHaveLength(2000);
    expect(namespace.run('ipset', 'list', '-n').trim().split('\n').sort()).toEqual(['sluice4', 'sluice6']);
    await backend.flush();
    expect(await backend.list()).toEqual([]);
  });

  test('of too many bans that are to stand, those that find no room are named', async () => {
    const backend = await open({ maxElements: 4 });
    const outcomes = await backend.reconcile(['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'].map((id) => ban(id)));
    expect(outcomes.map(({ error }) => error?.code)).toEqual([undefined, undefined, undefined, 'ERR_BAN_ACTION_FULL']);
    expect(await backend.list()).toHaveLength(3);
  });

  test.each([
    ['a set was emptied', ['ipset flush sluice4']],
    ['all sets were emptied', ['ipset flush']],
    ['sets and rules were removed', ['iptables-nft -F', 'ip6tables-nft -F', 'ipset destroy']],
    ['the rules were removed', ['iptables-nft -F']],
  ])('puts everything back with the next commit when %s', async (_, commands) => {
    const backend = await open({ ruleCheckMs: 0 });
    await backend.apply([ban('203.0.113.7', 60_000), ban('2001:db8::1')]);
    for (const command of commands) namespace.run(...command.split(' '));
    const outcomes = await backend.apply([ban('203.0.113.8'), unban('2001:db8::1')]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true]);
    expect(await blocked(backend)).toEqual(['203.0.113.7/32', '203.0.113.8/32']);
    expect(rules().match(/--match-set sluice4/g)).toHaveLength(1);
  });

  test('keeps bans over a restart, also when the sets are to hold more', async () => {
    const first = await open();
    await first.apply([ban('203.0.113.7', 600_000), ban('2001:db8::1', Infinity, { endMs: Infinity })]);
    await first.stop();
    const second = await open({ maxElements: 99 });
    expect(await second.list()).toMatchObject([
      { address: '203.0.113.7', jail: 'sshd', expiresInMs: expect.any(Number) },
      { address: '2001:db8::', jail: 'sshd' },
    ]);
    expect(namespace.run('ipset', 'list', '-t', 'sluice4')).toMatch('maxelem 99 ');
    expect(rules().match(/--match-set sluice4/g)).toHaveLength(1);
  });

  test('what a banned one gets changes with the options, and one rule stays', async () => {
    const first = await open();
    await first.apply([ban('203.0.113.7')]);
    const second = await open({ deny: 'reject', onStop: 'delete' });
    expect(rules().match(/-j .*/g)).toEqual(['-j REJECT --reject-with icmp-port-unreachable']);
    expect(namespace.run('ip6tables-nft', '-S', 'sluice6')).toMatch('-j REJECT --reject-with icmp6-port-unreachable');
    await second.stop();
    expect(namespace.run('ipset', 'list', '-n')).toBe('');
    expect(namespace.run('ip6tables-nft', '-S')).not.toMatch('sluice');
  });

  test.each([
    ['keep', ['203.0.113.7/32'], 1],
    ['flush', [], 1],
    ['delete', [], 0],
  ] as const)('onStop %s', async (onStop, bans, count) => {
    const backend = await open({ onStop });
    await backend.apply([ban('203.0.113.7')]);
    await backend.stop();
    await backend.stop();
    expect(rules().match(/--match-set/g) ?? []).toHaveLength(count);
    expect(await blocked(backend)).toEqual(bans);
  });

  test('a set of another kind under its name is left alone and named, and nothing of ours stays', async () => {
    namespace.run('ipset', 'create', 'sluice6', 'hash:ip', 'family', 'inet6');
    await expect(open()).rejects.toMatchObject({
      code: 'ERR_BAN_ACTION_REFUSED',
      message: 'ipset: there is a set sluice6 of another kind (hash:ip); destroy it, or choose another setPrefix',
    });
    expect(namespace.run('ipset', 'list', '-n')).toBe('sluice6\n');
    expect(rules()).not.toMatch('match-set');
  });

  test('a chain that there is not is an error that says so, and nothing stays', async () => {
    await expect(open({ chain: 'DOCKER-USER' })).rejects.toMatchObject({
      code: 'ERR_BAN_ACTION_UNSUPPORTED',
      cure: expect.stringContaining('DOCKER-USER'),
    });
    expect(namespace.run('ipset', 'list', '-n')).toBe('');
  });

  test('bans one family only where that is asked for', async () => {
    const backend = await open({ families: [4] });
    const outcomes = await backend.apply([ban('203.0.113.7'), ban('2001:db8::1')]);
    expect(outcomes.map(({ error }) => error?.code)).toEqual([undefined, 'ERR_BAN_ACTION_UNSUPPORTED']);
    expect(namespace.run('ipset', 'list', '-n')).toBe('sluice4\n');
  });

  test('goes on when the ipset that it talks to is killed', async () => {
    const backend = await open();
    await backend.apply([ban('203.0.113.7')]);
    namespace.run('pkill', '-KILL', '--ns', String(namespace.pid), '--nslist', 'net', '-x', 'ipset');
    expect(await backend.apply([ban('203.0.113.8')])).toMatchObject([{ ok: true }]);
    expect(await backend.list()).toHaveLength(2);
  });

  test('what the program says that runs ipset is taken for no complaint', async () => {
    const chatty = ['sh', '-c', 'echo "Connection to web: welcome" >&2; exec "$@"', 'sh'];
    const backend = await open({ prefix: namespace.command(...chatty) });
    expect(await backend.apply([ban('203.0.113.7')])).toMatchObject([{ ok: true }]);
    expect(await backend.list()).toHaveLength(1);
  });

  test('without the right to change the firewall, says which right it needs', async () => {
    const backend = make({ prefix: ['unshare', '--user'] });
    const fault = { code: 'ERR_BAN_ACTION_PERMISSION', cure: 'run as root or give the process CAP_NET_ADMIN' };
    await expect(backend.start()).rejects.toMatchObject(fault);
    expect(await backend.apply([ban('203.0.113.7')])).toMatchObject([{ ok: false, error: fault }]);
  });

  test('says that ipset is missing where it is', async () => {
    await expect(open({ prefix: ['no-such-program'] })).rejects.toMatchObject({ code: 'ERR_BAN_ACTION_MISSING' });
    await expect(open({ prefix: namespace.command('env', 'PATH=/nowhere', '/usr/bin/env') })).rejects.toMatchObject({
      code: 'ERR_BAN_ACTION_MISSING',
    });
  });

  test('works by programs that end where it is given a runner', async () => {
    const calls: string[] = [];
    const { spawnRunner } = await import('../commands/spawn-runner.ts');
    const backend = await open({
      maxElements: 4,
      clock: fixedClock(Date.now()),
      runner: {
        run: (command, signal) => {
          calls.push(command.argv.slice(namespace.command().length).join(' '));
          return spawnRunner.run(command, signal);
        },
      },
    });
    calls.length = 0;
    const outcomes = await backend.apply(['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'].map((id) => ban(id)));
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true, false]);
    expect(calls).toEqual([
      'ipset restore -!',
      'ipset restore -!',
      expect.stringMatching(/^ipset test sluice4/),
      expect.stringMatching(/^ipset test sluice6/),
    ]);
  });
});
