import { setTimeout as sleep } from 'node:timers/promises';
import { from, lastValueFrom, toArray } from 'rxjs';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { NetworkNamespace, namespaces } from '../../../../tools/testing/network-namespace.ts';
import { applyBans } from '../apply-bans.ts';
import { ban, unban } from '../testing/events.ts';
import { netfilter } from './netfilter.ts';
import type { PlainOptions } from './testing/netfilter-worker.ts';
import { RemoteNetfilter } from './testing/remote-netfilter.ts';

const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await sleep(10);
};

describeWith(namespaces, 'the life of a netfilter backend', () => {
  let namespace: NetworkNamespace;
  const opened: RemoteNetfilter[] = [];
  beforeEach(async () => {
    namespace = await NetworkNamespace.open();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((backend) => backend.stop()));
    await namespace.close();
  });
  const open = async (options?: PlainOptions): Promise<RemoteNetfilter> => {
    const backend = await RemoteNetfilter.in(namespace, options);
    opened.push(backend);
    return backend;
  };
  const blocked = async (backend: RemoteNetfilter): Promise<string[]> =>
    (await backend.list()).map(({ address }) => address).sort();

  test('speaks netlink, and says so', async () => {
    const { capabilities } = await open();
    expect(capabilities).toMatchObject({ transport: 'netlink', reason: expect.stringMatching(/\S/) });
    expect((await open({ table: 'other', transport: 'nft' })).capabilities).toMatchObject({ transport: 'nft' });
  });

  test('a flush by somebody else is noticed and made good with nothing to commit, and its health tells', async () => {
    const backend = await open();
    await backend.apply([ban('203.0.113.7', 60_000), ban('2001:db8::1'), ban('203.0.113.8')]);
    await backend.apply([unban('203.0.113.8')]);
    namespace.run('nft', 'flush', 'ruleset');
    await until(async () => namespace.run('nft', 'list', 'tables').includes('sluice'));
    expect(await blocked(backend)).toEqual(['2001:db8::', '203.0.113.7']);
    expect(await backend.states()).toEqual(expect.arrayContaining(['ok', 'repairing']));
    await until(async () => (await backend.states()).at(-1) === 'ok');
  });

  test('bans outlive a kill -9, and the next one goes on with them', async () => {
    const first = await open();
    await first.apply([ban('203.0.113.7'), ban('203.0.113.8', 1200)]);
    await first.kill();
    const second = await open();
    expect(await blocked(second)).toContain('203.0.113.7');
    await second.apply([unban('203.0.113.7')]);
    await until(async () => (await blocked(second)).length === 0);
  });

  test('of two that want one table the second is refused', async () => {
    await open();
    await expect(open()).rejects.toMatchObject({ code: 'ERR_BAN_ACTION_IN_USE' });
  });

  test('says what is over', async () => {
    const backend = await open();
    await backend.apply([ban('203.0.113.7', 100), ban('203.0.113.8', 60_000), ban('203.0.113.9', 150)]);
    await backend.apply([unban('203.0.113.9')]);
    await until(async () => (await backend.expired()).length > 0);
    expect(await backend.expired()).toEqual(['203.0.113.7/32']);
  });

  test('100,000 bans are restored in one go, and let in in one go', async () => {
    const backend = await open();
    const ids = Array.from({ length: 50_000 }, (_, n) => [
      `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`,
      `2001:db8:${(n >> 8).toString(16)}:${(n & 255).toString(16)}::1`,
    ]).flat();
    const before = await backend.apply([ban('203.0.113.1')]);
    expect(before).toMatchObject([{ ok: true }]);
    const outcomes = await backend.reconcile(ids.map((id) => ban(id, 900_000, { restored: true })));
    expect([outcomes.length, outcomes.filter(({ ok }) => !ok)]).toEqual([100_000, []]);
    expect(new Set(await blocked(backend)).size).toBe(100_000);
    await backend.flush();
    expect(await blocked(backend)).toEqual([]);
  });

  test('applyBans makes the bans stand that are to stand, and then applies what comes', async () => {
    const command = namespace.command('nft');
    const first = netfilter({ command });
    await lastValueFrom(from([ban('203.0.113.1'), ban('203.0.113.2')]).pipe(applyBans(first), toArray()));
    const second = netfilter({ command });
    const standing = [ban('203.0.113.2'), ban('203.0.113.3')];
    const outcomes = await lastValueFrom(from([ban('203.0.113.4')]).pipe(applyBans(second, { standing }), toArray()));
    expect(outcomes.map(({ event, ok }) => [event.id, ok])).toEqual([
      ['203.0.113.2', true],
      ['203.0.113.3', true],
      ['203.0.113.4', true],
    ]);
    expect(await blocked(await open())).toEqual(['203.0.113.2', '203.0.113.3', '203.0.113.4']);
  });

  test('without the right to change the firewall, says which right it needs', async () => {
    const needs = {
      code: 'ERR_BAN_ACTION_PERMISSION',
      message: expect.stringMatching(/CAP_NET_ADMIN/),
    };
    await expect(RemoteNetfilter.open(['unshare', '--user'])).rejects.toMatchObject(needs);
    const powerless = netfilter({ command: ['unshare', '--user', 'nft'] });
    await expect(powerless.start()).rejects.toMatchObject(needs);
    expect(await powerless.apply([ban('203.0.113.7')])).toMatchObject([{ ok: false, error: needs }]);
  });

  test('says that nft is missing where it is needed, and how to get it', async () => {
    for (const command of [['no-such-nft'], namespace.command('no-such-nft')])
      await expect(netfilter({ command }).start()).rejects.toMatchObject({
        code: 'ERR_BAN_ACTION_MISSING',
        cure: expect.stringMatching(/install the package nftables/),
      });
  });
});
