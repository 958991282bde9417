import { describeWith, program } from '../../../../tools/testing/describe-with.ts';
import { namespacesOf } from '../../../../tools/testing/network-namespace.ts';
import { E2eScene } from './testing/e2e-scene.ts';

/** Nobody, with CAP_NET_ADMIN and nothing else: what a systemd unit gives a service. */
const netAdmin = [
  'setpriv',
  ...['--reuid', '65534', '--regid', '65534', '--clear-groups'],
  ...['--inh-caps', '-all,+net_admin', '--ambient-caps', '-all,+net_admin', '--bounding-set', '-all,+net_admin'],
];

describeWith(
  [...namespacesOf('root'), program('setpriv', 'util-linux')],
  'a plain user with CAP_NET_ADMIN only',
  () => {
    let scene: E2eScene;
    beforeAll(async () => {
      scene = await E2eScene.open('root', netAdmin);
    });
    afterEach(() => scene.clear());
    afterAll(() => scene?.close());

    test.each(['netlink', 'nft'] as const)('blocks, cuts off and unblocks by %s', async (transport) => {
      await scene.block({ transport, deny: 'reject' }, '10.77.0.1', '2001:db8:78::5');
      expect(await scene.denied('10.77.0.1', 'ECONNREFUSED')).toBe('ECONNREFUSED');
      expect(await scene.denied('2001:db8:78::6', 'ECONNREFUSED')).toBe('ECONNREFUSED');
      await scene.firewall.call('reconcile', []);
      expect(await scene.net.ask('10.77.0.1')).toBe('served');
    });

    test('owns its table and destroys connections', async () => {
      const flow = await scene.hold('10.77.0.1');
      await scene.block({ protect: true, cut: 'kill' }, '10.77.0.1');
      expect([await flow.fate(), await flow.isServed()]).toEqual(['ECONNRESET', false]);
    });

    test('has the large send buffer of an administrator', async () => {
      const { maxTransactionBytes } = await scene.firewall.call('open', {});
      expect(maxTransactionBytes).toBeGreaterThan(64 * 2 ** 20);
    });
  },
);
