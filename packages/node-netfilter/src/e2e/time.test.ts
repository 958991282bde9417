import { onBothKernels } from './testing/on-both-kernels.ts';

const never = { limitMs: 25_000 };

onBothKernels('the time of a block', [], (each) => {
  test('is over by itself, and the block list tells so', () =>
    each(async (scene) => {
      const { net, firewall } = scene;
      await scene.block({});
      await firewall.call('apply', [{ kind: 'block', network: '10.77.0.1', timeoutMs: 1500 }]);
      expect(await scene.blocked('10.77.0.1')).toBe('silence');
      // One connection that begins blocked: the client's TCP asks again until it is let in.
      expect(await net.ask('10.77.0.1', never)).toBe('served');
      expect(await firewall.call('expired')).toEqual(['10.77.0.1/32']);
      expect(await firewall.call('list')).toEqual([]);
    }));

  test('is prolonged by a second block, and the first one ends nothing', () =>
    each(async (scene) => {
      const { firewall } = scene;
      await scene.block({});
      await firewall.call('apply', [{ kind: 'block', network: '10.77.0.1', timeoutMs: 1200 }]);
      await firewall.call('apply', [{ kind: 'block', network: '10.77.0.1', timeoutMs: 60_000 }]);
      const [blocked] = await firewall.call('list');
      expect(blocked?.expiresInMs).toBeGreaterThan(2000);
      await new Promise((resolve) => setTimeout(resolve, 1300));
      expect(await scene.blocked('10.77.0.1')).toBe('silence');
      expect(await firewall.call('expired')).toEqual([]);
    }));

  test('is shortened by a second block', () =>
    each(async (scene) => {
      const { net, firewall } = scene;
      await scene.block({}, '10.77.0.1');
      expect(await scene.blocked('10.77.0.1')).toBe('silence');
      await firewall.call('apply', [{ kind: 'block', network: '10.77.0.1', timeoutMs: 200 }]);
      expect(await net.ask('10.77.0.1', never)).toBe('served');
    }));
});
