import { onBothKernels } from './testing/on-both-kernels.ts';

const cases = [
  ['drop', 'prerouting', 'silence'],
  ['drop', 'input', 'silence'],
  ['reject', 'prerouting', 'ECONNREFUSED'],
  ['reject', 'input', 'ECONNREFUSED'],
  ['reset', 'prerouting', 'ECONNREFUSED'],
  ['reset', 'input', 'ECONNREFUSED'],
] as const;

onBothKernels('a blocked client', [], (each) => {
  describe.each(cases)('%s at %s', (deny, hook, outcome) => {
    test(`gets ${outcome} from the block to the unblock, and nobody else does`, () =>
      each(async (scene) => {
        const { net, firewall } = scene;
        await scene.block({ deny, hook });
        expect(await net.ask('10.77.0.1')).toBe('served');
        await scene.ban('10.77.0.1');
        expect(await scene.denied('10.77.0.1', outcome)).toBe(outcome);
        expect(await net.ask('10.77.0.5')).toBe('served');
        await firewall.call('apply', [{ kind: 'unblock', network: '10.77.0.1' }]);
        expect(await net.ask('10.77.0.1')).toBe('served');
      }));
  });

  test('is silenced as the device takes its packets in', () =>
    each(async (scene) => {
      const { net } = scene;
      await scene.block({ hook: 'ingress', devices: ['s0'] }, '10.77.0.1', '2001:db8:78::5');
      expect(await scene.blocked('10.77.0.1')).toBe('silence');
      expect(await scene.blocked('2001:db8:78::6')).toBe('silence');
      expect(await net.ask('10.77.0.5')).toBe('served');
      expect(await net.ask('2001:db8:77::1')).toBe('served');
    }));

  test('is counted, its packets and all of them', () =>
    each(async (scene) => {
      const { firewall } = scene;
      await scene.block({ elementCounters: true }, '10.77.0.1');
      await scene.blocked('10.77.0.1');
      const { packets, bytes } = await firewall.call('counters');
      const [blocked] = await firewall.call('list');
      expect(packets).toBeGreaterThan(0n);
      expect(blocked).toMatchObject({ address: '10.77.0.1', packets, bytes });
    }));
});
