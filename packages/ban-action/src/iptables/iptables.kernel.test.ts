import type { Ban } from '@sluice/pipeline';
import { describeWith, program } from '../../../../tools/testing/describe-with.ts';
import { NetworkNamespace, namespaces } from '../../../../tools/testing/network-namespace.ts';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import type { NetworkBackend } from '../networks/network-backend.ts';
import { alreadyBanned, ban, unban } from '../testing/events.ts';
import { iptables } from './iptables.ts';
import type { IptablesOptions } from './options.ts';

const needs = [...namespaces, program('iptables-nft', 'iptables'), program('iptables-legacy', 'iptables')];

describeWith(needs, 'iptables in a kernel of its own', () => {
  describe.each(['nft', 'legacy'] as const)('iptables-%s', (variant) => {
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

    const inside = (...argv: string[]): string[] => ['env', `XTABLES_LOCKFILE=${folder('lock')}`, ...argv];
    const run = (command: string): string => namespace.run(...inside(...command.split(' ')));
    const make = (options: IptablesOptions = {}): NetworkBackend => {
      const backend = iptables({ prefix: namespace.command(...inside()), variant, ...options });
      opened.push(backend);
      return backend;
    };
    const open = async (options: IptablesOptions = {}): Promise<NetworkBackend> => {
      const backend = make(options);
      await backend.start();
      return backend;
    };
    const blocked = async (backend: NetworkBackend): Promise<string[]> =>
      (await backend.list()).map(({ address, prefix }) => `${address}/${prefix}`).sort();
    const rules = (family = ''): string[] =>
      run(`ip${family}tables-${variant} -S`)
        .split('\n')
        .filter((line) => line.startsWith('-A'));

    test('each ban is a rule in a chain of its own, which packets come by', async () => {
      const backend = await open();
      await backend.start();
      const outcomes = await backend.apply([ban('203.0.113.7'), ban('2001:db8:1:2:3::4')]);
      expect(outcomes).toMatchObject([{ ok: true, backend: 'iptables' }, { ok: true }]);
      expect(rules()).toEqual([
        '-A INPUT ! -i lo -j sluice',
        '-A sluice -s 255.255.255.255/32 -j RETURN',
        '-A sluice -s 203.0.113.7/32 -j DROP',
      ]);
      expect(rules('6').at(-1)).toBe('-A sluice -s 2001:db8:1:2::/64 -j DROP');
      expect(await blocked(backend)).toEqual(['2001:db8:1:2::/64', '203.0.113.7/32']);
    });

    test('never has a network twice, and to unban what is not banned succeeds', async () => {
      const backend = await open();
      await backend.apply([ban('203.0.113.7'), ban('203.0.113.7', 1000, { jail: 'web' })]);
      await backend.apply([alreadyBanned('203.0.113.7', 9000), ban('203.0.113.8')]);
      const second = await open();
      await second.apply([ban('203.0.113.7'), unban('203.0.113.99'), unban('203.0.113.8')]);
      expect(await blocked(second)).toEqual(['203.0.113.7/32']);
    });

    test('lets in on time, by itself', async () => {
      const backend = await open();
      await backend.apply([ban('203.0.113.7', 300), ban('203.0.113.8')]);
      while ((await blocked(backend)).length > 1);
      expect(await blocked(backend)).toEqual(['203.0.113.8/32']);
    });

    test('takes 10,000 bans in one go, lets half of them in, and makes others stand', async () => {
      const backend = await open();
      const ids = Array.from({ length: 5000 }, (_, n) => [
        `10.0.${n >> 8}.${n & 255}`,
        `2001:db8:${n.toString(16)}::1`,
      ]);
      const outcomes = await backend.apply(ids.flat().map((id) => ban(id)));
      expect(outcomes.every(({ ok }) => ok)).toBe(true);
      expect(new Set(await blocked(backend)).size).toBe(10_000);
      await backend.apply(
        ids
          .flat()
          .filter((_, n) => n % 4 < 2)
          .map((id) => unban(id)),
      );
      expect(await blocked(backend)).toHaveLength(5000);
      await backend.reconcile(
        ids
          .flat()
          .slice(0, 4000)
          .map((id) => ban(id) as Ban),
      );
      expect(await blocked(backend)).toHaveLength(4000);
      expect(rules().filter((rule) => rule.includes('-j sluice') || rule.includes('RETURN'))).toHaveLength(2);
    });

    test.each([
      ['the chain was emptied', ['-F sluice']],
      ['the rules were flushed', ['-F', '-X']],
      ['what leads to the chain was removed', ['-D INPUT ! -i lo -j sluice']],
      ['a rule was removed that is to be removed', ['-D sluice -s 203.0.113.9/32 -j DROP']],
    ])('puts everything back with the next commit when %s', async (_, commands) => {
      const backend = await open();
      await backend.apply(['203.0.113.7', '203.0.113.9', '2001:db8::1'].map((id) => ban(id)));
      for (const command of commands) run(`iptables-${variant} ${command}`);
      const outcomes = await backend.apply([ban('203.0.113.8'), unban('203.0.113.9')]);
      expect(outcomes.map(({ ok }) => ok)).toEqual([true, true]);
      expect(rules()).toEqual([
        '-A INPUT ! -i lo -j sluice',
        '-A sluice -s 255.255.255.255/32 -j RETURN',
        expect.stringContaining('203.0.113.'),
        expect.stringContaining('203.0.113.'),
      ]);
      expect(await blocked(backend)).toEqual(['2001:db8::/64', '203.0.113.7/32', '203.0.113.8/32']);
    });

    test('keeps bans over a restart, also when what they get changes', async () => {
      const first = await open();
      await first.apply([ban('203.0.113.7')]);
      await first.stop();
      await open({ deny: 'reject' });
      expect(rules().at(-1)).toBe('-A sluice -s 203.0.113.7/32 -j REJECT --reject-with icmp-port-unreachable');
    });

    test.each([
      ['keep', 3],
      ['flush', 2],
      ['delete', 0],
    ] as const)('onStop %s leaves %i rules', async (onStop, count) => {
      const backend = await open({ onStop, table: 'filter', chain: 'FORWARD' });
      await backend.apply([ban('203.0.113.7')]);
      await backend.stop();
      await backend.stop();
      expect(rules()).toHaveLength(count);
    });

    test('a chain with rules of others is left alone, and nothing of ours stays', async () => {
      run(`ip6tables-${variant} -N sluice`);
      run(`ip6tables-${variant} -A sluice -p tcp -j ACCEPT`);
      await expect(open()).rejects.toMatchObject({ code: 'ERR_BAN_ACTION_REFUSED', cure: 'choose another ownChain' });
      expect(run(`iptables-${variant} -S`)).not.toMatch('sluice');
      expect(rules('6')).toEqual(['-A sluice -p tcp -j ACCEPT']);
    });

    test('a chain that there is not is an error that names it, and nothing stays', async () => {
      await expect(open({ chain: 'DOCKER-USER' })).rejects.toMatchObject({
        code: 'ERR_BAN_ACTION_UNSUPPORTED',
        cure: 'name a chain of the table filter that there is (chain DOCKER-USER)',
      });
      expect(run(`iptables-${variant} -S`)).not.toMatch('sluice');
    });

    test('without the right to change the firewall, says which right it needs', async () => {
      const backend = make({ prefix: ['unshare', '--user', ...inside()] });
      await expect(backend.start()).rejects.toMatchObject({ code: 'ERR_BAN_ACTION_PERMISSION' });
    });
  });
});
