import { describeWith, program } from '../../../../tools/testing/describe-with.ts';
import { LinkedNamespaces } from '../../../../tools/testing/linked-namespaces.ts';
import { namespaces } from '../../../../tools/testing/network-namespace.ts';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { ipset } from '../ipset/ipset.ts';
import { iptables } from '../iptables/iptables.ts';
import type { NetworkBackend } from '../networks/network-backend.ts';
import { ban, unban } from '../testing/events.ts';
import type { FirewallOptions } from './firewall-options.ts';

const needs = [
  ...namespaces,
  program('ipset'),
  program('iptables-nft', 'iptables'),
  program('iptables-legacy', 'iptables'),
];
const made: Readonly<Record<string, (options: FirewallOptions) => NetworkBackend>> = { ipset, iptables };

describeWith(needs, 'firewalls of old and real traffic', () => {
  const folder = tempFolder();
  let net: LinkedNamespaces;
  beforeAll(async () => {
    net = await LinkedNamespaces.open();
  });
  afterAll(() => net.close());
  const opened: NetworkBackend[] = [];
  afterEach(async () => {
    for (const backend of opened.splice(0)) await backend.stop();
  });

  const denied = (from: string, cut: string): Promise<string> =>
    net.ask(from, cut === 'silence' ? { limitMs: 400 } : {});
  const open = async (name: string, options: FirewallOptions): Promise<NetworkBackend> => {
    const prefix = net.server.command('env', `XTABLES_LOCKFILE=${folder('lock')}`);
    const backend = (made[name] as typeof ipset)({ prefix, onStop: 'delete', ...options });
    opened.push(backend);
    await backend.start();
    return backend;
  };

  test.each([
    ['ipset', { variant: 'nft', table: 'filter', deny: 'drop' }, 'silence'],
    ['ipset', { variant: 'legacy', table: 'raw', deny: 'drop' }, 'silence'],
    ['ipset', { variant: 'nft', table: 'filter', deny: 'reject' }, 'ECONNREFUSED'],
    ['iptables', { variant: 'legacy', table: 'filter', deny: 'reject' }, 'ECONNREFUSED'],
    ['iptables', { variant: 'nft', table: 'raw', deny: 'drop' }, 'silence'],
  ] as const)('%s %j cuts off who is banned and nobody else, until the unban', async (name, options, cut) => {
    const backend = await open(name, options);
    expect(await net.ask('10.77.0.1')).toBe('served');
    await backend.apply([ban('10.77.0.1'), ban('2001:db8:78::5')]);
    expect([await denied('10.77.0.1', cut), await denied('2001:db8:78::6', cut)]).toEqual([cut, cut]);
    expect([await net.ask('10.77.0.5'), await net.ask('2001:db8:77::1')]).toEqual(['served', 'served']);
    await backend.apply([unban('10.77.0.1')]);
    expect(await net.ask('10.77.0.1')).toBe('served');
    await backend.stop();
    expect(await net.ask('2001:db8:78::6')).toBe('served');
  });

  test.each(['ipset', 'iptables'])(
    '%s lets a banned network find its neighbours, so that nobody loses a router',
    async (name) => {
      await open(name, { variant: 'nft', deny: 'reject' }).then((backend) => backend.apply([ban('2001:db8:78::5')]));
      net.server.run('ip', '-6', 'neighbour', 'flush', 'dev', 's0');
      net.client.run('ip', '-6', 'neighbour', 'flush', 'dev', 'c0');
      expect(await net.ask('2001:db8:78::5')).toBe('ECONNREFUSED');
    },
  );

  test('ipset lets a banned one in on time with nobody there to unban it', async () => {
    const backend = await open('ipset', { variant: 'nft', onStop: 'keep' });
    await backend.apply([ban('10.77.0.1', 900)]);
    await backend.stop();
    expect(await denied('10.77.0.1', 'silence')).toBe('silence');
    while ((await denied('10.77.0.1', 'silence')) !== 'served');
  });
});
