import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { LinkedNamespaces } from '../../../../tools/testing/linked-namespaces.ts';
import { namespaces } from '../../../../tools/testing/network-namespace.ts';
import { ban, unban } from '../testing/events.ts';
import { netfilter } from './netfilter.ts';
import { RemoteNetfilter } from './testing/remote-netfilter.ts';

describeWith(namespaces, 'netfilter and real traffic', () => {
  let net: LinkedNamespaces;
  beforeAll(async () => {
    net = await LinkedNamespaces.open();
  });
  afterAll(() => net.close());

  test.each([
    ['drop', 'prerouting', 'silence'],
    ['drop', 'input', 'silence'],
    ['reject', 'prerouting', 'ECONNREFUSED'],
    ['reset', 'input', 'ECONNREFUSED'],
  ] as const)('%s at %s cuts off who is banned and nobody else, until the unban', async (deny, hook, cut) => {
    const backend = await RemoteNetfilter.in(net.server, { deny, hook, onStop: 'delete' });
    expect(net.request('10.77.0.1')).toBe('served');
    await backend.apply([ban('10.77.0.1')]);
    expect([net.request('10.77.0.1'), net.request('10.77.0.5')]).toEqual([cut, 'served']);
    await backend.apply([unban('10.77.0.1')]);
    expect(net.request('10.77.0.1')).toBe('served');
    await backend.stop();
  });

  test('an IPv6 address is cut off with its neighbours in the /64, and not with others', async () => {
    const backend = await RemoteNetfilter.in(net.server, { onStop: 'delete' });
    await backend.apply([ban('2001:db8:78::5')]);
    expect(['2001:db8:78::5', '2001:db8:78::6', '2001:db8:77::1'].map((from) => net.request(from))).toEqual([
      'silence',
      'silence',
      'served',
    ]);
    await backend.stop();
    expect(net.request('2001:db8:78::6')).toBe('served');
  });

  test('who is to pass passes although its network is banned', async () => {
    const backend = await RemoteNetfilter.in(net.server, { ipv4Prefix: 24, allow: ['10.77.0.5'], onStop: 'delete' });
    await backend.apply([ban('10.77.0.1')]);
    expect([net.request('10.77.0.1'), net.request('10.77.0.5')]).toEqual(['silence', 'served']);
    await backend.stop();
  });

  test('a jail that bans ports leaves the others open', async () => {
    const ports = { sshd: [{ protocol: 'tcp', port: 22 }], web: [{ protocol: 'tcp', port: 8080 }] } as const;
    const backend = await RemoteNetfilter.in(net.server, { ports, onStop: 'delete' });
    await backend.apply([ban('10.77.0.1')]);
    expect(net.request('10.77.0.1')).toBe('served');
    await backend.apply([ban('10.77.0.1', 60_000, { jail: 'web' })]);
    expect([net.request('10.77.0.1'), net.request('10.77.0.5')]).toEqual(['silence', 'served']);
    expect((await backend.counters()).packets).toBeGreaterThan(0n);
    await backend.stop();
  });

  test('the kernel lets a banned one in on time with nobody there to unban it', async () => {
    const backend = netfilter({ command: net.server.command('nft') });
    await backend.start();
    await backend.apply([ban('10.77.0.1', 900)]);
    expect(net.request('10.77.0.1')).toBe('silence');
    while (net.request('10.77.0.1') !== 'served');
    await backend.stop();
  });
});
