import { setTimeout as sleep } from 'node:timers/promises';
import { onBothKernels } from './testing/on-both-kernels.ts';

const never = { limitMs: 25_000 };

onBothKernels('blocks outlive', [], (each) => {
  test('a flush of the whole ruleset by somebody else', () =>
    each(async (scene) => {
      const { net, firewall } = scene;
      await scene.block({ watchIntervalMs: 50 }, '10.77.0.1', '2001:db8:78::/64');
      scene.nft('flush ruleset');
      await scene.repaired();
      expect(await scene.blocked('10.77.0.1')).toBe('silence');
      expect(await scene.blocked('2001:db8:78::5')).toBe('silence');
      expect(await net.ask('10.77.0.5')).toBe('served');
      expect(await firewall.call('list')).toHaveLength(2);
    }));

  test('a rule that somebody removes from their table', () =>
    each(async (scene) => {
      await scene.block({ watchIntervalMs: 50 }, '10.77.0.1');
      scene.nft('flush table inet sluice');
      await scene.repaired();
      expect(await scene.blocked('10.77.0.1')).toBe('silence');
    }));

  test('a flush, untouched, where the table is protected; the crash of their process; and end on time all the same', () =>
    each(async (scene) => {
      const { net, firewall } = scene;
      await scene.block({ protect: true });
      await firewall.call('apply', [{ kind: 'block', network: '10.77.0.1', timeoutMs: 4000 }]);
      scene.nft('flush ruleset');
      expect(scene.nft('list tables')).toBe('table inet sluice\n');
      expect(await firewall.call('states')).toEqual(['ok']);
      expect(await scene.blocked('10.77.0.1')).toBe('silence');
      await scene.crash();
      expect(await scene.blocked('10.77.0.1')).toBe('silence');
      expect(await net.ask('10.77.0.1', never)).toBe('served');
    }));

  test.each([false, true])('the crash of their process, and the next one has them (protect: %s)', (protect) =>
    each(async (scene) => {
      const { net } = scene;
      await scene.block({ protect }, '10.77.0.1', '2001:db8:78::5');
      await scene.firewall.call('apply', [{ kind: 'block', network: '10.77.0.5', timeoutMs: 60_000, list: 'sshd' }]);
      await scene.crash();
      expect(await scene.blocked('10.77.0.1')).toBe('silence');
      await scene.restart();
      await scene.block({ protect });
      const list = await scene.firewall.call('list');
      expect(list.map(({ address, prefix }) => `${address}/${prefix}`).sort()).toEqual([
        '10.77.0.1/32',
        '10.77.0.5/32',
        '2001:db8:78::/64',
      ]);
      const [timed] = list.filter(({ expiresInMs }) => expiresInMs !== undefined);
      expect(timed?.expiresInMs).toBeLessThan(60_000);
      expect(await scene.blocked('10.77.0.5')).toBe('silence');
      await scene.firewall.call('apply', [{ kind: 'unblock', network: '10.77.0.5' }]);
      expect(await net.ask('10.77.0.5')).toBe('served');
      expect(scene.nft('list chains').match(/hook/g)).toHaveLength(1);
    }),
  );

  test('the crash of their process in the midst of many, and the next one brings the others in', () =>
    each(async (scene) => {
      const all = Array.from({ length: 30_000 }, (_, n) => ({ network: `10.9${n % 10}.${(n >> 8) & 255}.${n & 255}` }));
      await scene.block({}, '10.77.0.1');
      const applied = scene.firewall.call(
        'apply',
        all.map((block) => ({ ...block, kind: 'block' })),
      );
      // How far it has come by then makes no difference to what follows.
      const over = Promise.allSettled([applied]);
      await sleep(50);
      await scene.crash();
      await over;
      expect(await scene.blocked('10.77.0.1')).toBe('silence');
      await scene.restart();
      await scene.block({});
      const { added, kept, failed } = await scene.firewall.call('reconcile', all);
      expect({ all: added + kept, failed }).toEqual({ all: 30_000, failed: [] });
      expect(await scene.firewall.call('list')).toHaveLength(30_000);
    }));

  test.each(['keep', 'flush', 'delete'] as const)(
    'their block list or not, as is said when it is closed: %s',
    (onStop) =>
      each(async (scene) => {
        await scene.block({}, '10.77.0.1');
        await scene.firewall.call('close', onStop);
        const blocked = await scene.blocked('10.77.0.1');
        expect([blocked, scene.nft('list tables')]).toEqual([
          onStop === 'keep' ? 'silence' : 'served',
          onStop === 'delete' ? '' : 'table inet sluice\n',
        ]);
      }),
  );
});

onBothKernels('a second process', [], (each) => {
  test.each([false, true])('is refused the same table until the first is gone (protect: %s)', (protect) =>
    each(async (scene) => {
      await scene.block({ protect }, '10.77.0.1');
      const second = await scene.another();
      await expect(second.call('open', { protect })).rejects.toMatchObject({ code: 'ERR_NODE_NETFILTER_IN_USE' });
      await scene.crash();
      await second.call('open', { protect });
      expect(await second.call('list')).toHaveLength(1);
      await second.call('close', 'delete');
      await second.kill();
    }),
  );

  test('has a table of its own beside', () =>
    each(async (scene) => {
      await scene.block({}, '10.77.0.1');
      const second = await scene.another();
      await second.call('open', { table: 'other' });
      await second.call('apply', [{ kind: 'block', network: '10.77.0.5' }]);
      expect(await scene.blocked('10.77.0.1')).toBe('silence');
      expect(await scene.blocked('10.77.0.5')).toBe('silence');
      expect(await scene.firewall.call('list')).toHaveLength(1);
      await second.kill();
    }));
});
