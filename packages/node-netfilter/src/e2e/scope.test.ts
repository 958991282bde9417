import type { LinkedClient } from '../../../../tools/testing/linked/client.ts';
import type { LinkedServer } from '../../../../tools/testing/linked/server.ts';
import { RemoteProcess } from '../../../../tools/testing/remote-process.ts';
import { onBothKernels } from './testing/on-both-kernels.ts';

const module = (name: 'client' | 'server'): URL =>
  new URL(`../../../../tools/testing/linked/${name}.ts`, import.meta.url);

onBothKernels('what a block covers', [], (each) => {
  test.each([
    ['10.77.0.1', '10.77.0.5'],
    ['2001:db8:78::5', '2001:db8:77::5'],
  ])('a port: 8080 is closed to %s, 8081 is open', (address, other) =>
    each(async (scene) => {
      const { net, firewall } = scene;
      await scene.block({});
      await firewall.call('apply', [{ kind: 'block', network: address, ports: [{ protocol: 'tcp', port: 8080 }] }]);
      expect(await scene.blocked(address, 8080)).toBe('silence');
      expect(await net.ask(address, { port: 8081 })).toBe('served');
      expect(await net.ask(other)).toBe('served');
      await firewall.call('apply', [{ kind: 'unblock', network: address, ports: [{ protocol: 'tcp', port: 8080 }] }]);
      expect(await net.ask(address)).toBe('served');
    }),
  );

  test('a port of UDP: TCP of the same number is open', () =>
    each(async (scene) => {
      const { net, firewall } = scene;
      await scene.block({});
      await firewall.call('apply', [{ kind: 'block', network: '10.77.0.1', ports: [{ protocol: 'udp', port: 8080 }] }]);
      expect(await net.ask('10.77.0.1')).toBe('served');
    }));

  test('an IPv6 address with all its 128 bits: no other', () =>
    each(async (scene) => {
      const { net } = scene;
      expect(await net.ask('2001:db8:77::1')).toBe('served');
      await scene.block({ ipv6Prefix: 128 }, '2001:db8:77::1');
      expect(await scene.blocked('2001:db8:77::1')).toBe('silence');
      expect(await net.ask('2001:db8:77::5')).toBe('served');
    }));

  test('an IPv6 address as it comes: its /64 and not the neighbour, and neighbours are still discovered', () =>
    each(async (scene) => {
      const { net } = scene;
      await scene.block({}, '2001:db8:78::5');
      expect(await scene.blocked('2001:db8:78::5')).toBe('silence');
      expect(await scene.blocked('2001:db8:78::6')).toBe('silence');
      net.server.run('ip', '-6', 'neighbour', 'flush', 'all');
      expect(await net.ask('2001:db8:77::1')).toBe('served');
      expect(await net.ask('2001:db8:77::5')).toBe('served');
    }));

  test('the /64 that the server itself is in: its addresses are silent, and still find the server on their cable', () =>
    each(async (scene) => {
      const { net, firewall } = scene;
      await scene.block({}, '2001:db8:77::/64');
      net.client.run('ip', '-6', 'neighbour', 'flush', 'all');
      net.server.run('ip', '-6', 'neighbour', 'flush', 'all');
      expect(await scene.blocked('2001:db8:77::1')).toBe('silence');
      expect(net.client.run('ip', '-6', 'neighbour', 'show', '2001:db8:77::2')).toMatch(/ lladdr /);
      expect(await net.ask('2001:db8:78::5')).toBe('served');
      await firewall.call('apply', [{ kind: 'unblock', network: '2001:db8:77::/64' }]);
      expect(await net.ask('2001:db8:77::1')).toBe('served');
    }));

  test('an IPv4 /24: all in it, save who is allowed', () =>
    each(async (scene) => {
      const { net } = scene;
      await scene.block({ allow: ['10.77.0.5'] }, '10.77.0.0/24');
      expect(await scene.blocked('10.77.0.1')).toBe('silence');
      expect(await net.ask('10.77.0.5')).toBe('served');
    }));

  test('networks within each other: each on its own', () =>
    each(async (scene) => {
      const { net, firewall } = scene;
      await scene.block({}, '10.77.0.0/24', '10.0.0.0/8', '10.77.0.1');
      await firewall.call('apply', [
        { kind: 'unblock', network: '10.77.0.1' },
        { kind: 'unblock', network: '10.77.0.0/24' },
      ]);
      expect(await scene.blocked('10.77.0.1')).toBe('silence');
      await firewall.call('apply', [{ kind: 'unblock', network: '10.0.0.0/8' }]);
      expect(await net.ask('10.77.0.1')).toBe('served');
    }));

  test('lists with sets of their own: who is on one of two stays blocked', () =>
    each(async (scene) => {
      const { net, firewall } = scene;
      await scene.block({ layout: 'per-list' });
      const on = (kind: 'block' | 'unblock', list: string) => ({ kind, network: '10.77.0.1', list });
      await firewall.call('apply', [on('block', 'sshd'), on('block', 'nginx')]);
      await firewall.call('apply', [on('unblock', 'sshd')]);
      expect(await scene.blocked('10.77.0.1')).toBe('silence');
      expect(await net.ask('10.77.0.5')).toBe('served');
      await firewall.call('apply', [on('unblock', 'nginx')]);
      expect(await net.ask('10.77.0.1')).toBe('served');
    }));

  test('with passEstablished: all but the answers to what the server asks', () =>
    each(async (scene) => {
      const { net } = scene;
      const asked = await RemoteProcess.start<LinkedServer>(module('server'), net.client.command());
      const asking = await RemoteProcess.start<LinkedClient>(module('client'), net.server.command());
      const ask = (limitMs: number) => asking.call('ask', { from: '10.77.0.2', to: '10.77.0.1' }, 8080, limitMs);
      await scene.block({ hook: 'input' }, '10.77.0.1');
      expect(await ask(500)).toBe('silence');
      await scene.firewall.call('close', 'delete');
      await scene.block({ hook: 'input', passEstablished: true });
      const flow = await scene.hold('10.77.0.1');
      await scene.ban('10.77.0.1');
      expect(await ask(5000)).toBe('served');
      expect([await flow.fate(), await scene.blocked('10.77.0.1')]).toEqual(['silent', 'silence']);
      await asked.kill();
      await asking.kill();
    }));
});
