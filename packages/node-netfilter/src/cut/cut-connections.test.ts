import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { LinkedNamespaces } from '../../../../tools/testing/linked-namespaces.ts';
import { namespaces } from '../../../../tools/testing/network-namespace.ts';
import { RemoteSockets } from '../testing/remote-sockets.ts';
import { cutConnections } from './cut-connections.ts';

const v4 = (address: string, prefix = 32) => ({ address, family: 4, prefix }) as const;
const v6 = (address: string, prefix = 128) => ({ address, family: 6, prefix }) as const;

describeWith(namespaces, 'cutConnections', () => {
  let net: LinkedNamespaces;
  let sockets: RemoteSockets;
  beforeAll(async () => {
    net = await LinkedNamespaces.open();
    sockets = await RemoteSockets.open(net.server);
  });
  afterAll(async () => {
    await sockets?.close();
    await net?.close();
  });

  test('cuts the connections of the networks, on both sides, and no others', async () => {
    const flows = await Promise.all(
      ['10.77.0.1', '10.77.0.1', '10.77.0.5', '2001:db8:77::1', '2001:db8:78::5', '2001:db8:78::6'].map((from) =>
        net.hold(from),
      ),
    );
    const report = await cutConnections(sockets, [v4('10.77.0.1'), v6('2001:db8:78::', 64), v4('203.0.113.0', 24)]);
    expect(report).toEqual({ cut: 4, faults: [] });
    expect(await Promise.all(flows.map((flow) => flow.fate()))).toEqual([
      'ECONNRESET',
      'ECONNRESET',
      'lives',
      'lives',
      'ECONNRESET',
      'ECONNRESET',
    ]);
    expect(await Promise.all(flows.map((flow) => flow.isServed()))).toEqual([false, false, true, true, false, false]);
    await Promise.all(flows.map((flow) => flow.release()));
  });

  test('cuts connections to the port that is named only', async () => {
    const flow = await net.hold('10.77.0.1');
    const other = { ...v4('10.77.0.1'), port: { protocol: 'tcp', port: 8080 } } as const;
    expect(await cutConnections(sockets, [other])).toEqual({ cut: 0, faults: [] });
    expect(await flow.fate()).toBe('lives');
    const echo = { ...other, port: { protocol: 'tcp', port: 7777 } } as const;
    expect(await cutConnections(sockets, [echo])).toEqual({ cut: 1, faults: [] });
    expect(await flow.fate()).toBe('ECONNRESET');
    await flow.release();
  });

  test('leaves sockets that listen alone, whatever is cut', async () => {
    const flow = await net.hold('10.77.0.1');
    await cutConnections(sockets, [v4('0.0.0.0', 0), v6('::', 0)]);
    expect(await flow.fate()).toBe('ECONNRESET');
    expect(await net.ask('10.77.0.1')).toBe('served');
    await flow.release();
  });

  test('cuts more connections than go into one message, without letting the others go', async () => {
    const flows = await Promise.all(Array.from({ length: 300 }, () => net.hold('10.77.0.1')));
    const stays = await net.hold('10.77.0.5');
    expect(await cutConnections(sockets, [v4('10.77.0.1')])).toEqual({ cut: 300, faults: [] });
    expect(new Set(await Promise.all(flows.map((flow) => flow.fate())))).toEqual(new Set(['ECONNRESET']));
    expect(await stays.fate()).toBe('lives');
    await Promise.all([...flows, stays].map((flow) => flow.release()));
  });

  test('is stopped by its signal, and closes its socket', async () => {
    const flow = await net.hold('10.77.0.1');
    const before = await sockets.descriptors();
    await expect(cutConnections(sockets, [v4('10.77.0.1')], { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'ERR_NODE_NETFILTER_ABORTED',
    });
    expect(await flow.fate()).toBe('lives');
    expect(await sockets.descriptors()).toBe(before);
    await flow.release();
  });

  test('says how many are left, and the cure, to a process that may not', async () => {
    const flows = await Promise.all([net.hold('10.77.0.1'), net.hold('10.77.0.1')]);
    const powerless = await RemoteSockets.open(net.server);
    await powerless.dropCapabilities();
    const { cut, faults } = await cutConnections(powerless, [v4('10.77.0.1')]);
    await powerless.close();
    expect(cut).toBe(0);
    expect(faults).toMatchObject([{ code: 'ERR_NODE_NETFILTER_PERMISSION' }]);
    expect(faults[0]?.message).toBe('2 connections were not cut (EPERM); give the process CAP_NET_ADMIN');
    expect(await Promise.all(flows.map((flow) => flow.fate()))).toEqual(['lives', 'lives']);
    await Promise.all(flows.map((flow) => flow.release()));
  });
});
