import { release } from 'node:os';
import { CounterMetrics } from '@sluice/pipeline';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { NetworkNamespace, namespaces } from '../../../../tools/testing/network-namespace.ts';
import { nodeNetfilterMetrics } from '../metrics.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { OpenNetfilterOptions } from '../options.ts';
import { koffiSockets } from '../socket/koffi-sockets.ts';
import { loadLibc } from '../socket/load-libc.ts';
import type { NetlinkSockets } from '../socket/netlink-socket.ts';
import { NetlinkScene } from '../testing/netlink-scene.ts';
import { RemoteSockets } from '../testing/remote-sockets.ts';
import { openNetfilter } from './open-netfilter.ts';

const code = (name: string): string => `ERR_NODE_NETFILTER_${name}`;

/** Where koffi is not installed. */
const withoutKoffi = (): NetlinkSockets =>
  koffiSockets({ load: () => loadLibc(() => Promise.reject(new Error("Cannot find package 'koffi'"))) });

describe('the options of openNetfilter', () => {
  test.each<[OpenNetfilterOptions, string]>([
    [{ transport: 'iptables' as 'nft' }, `transport must be 'auto' or 'netlink' or 'nft', not "iptables"`],
    [{ command: [] }, 'command must be a list of at least one text'],
    [{ command: ['nft', ''] }, 'command must be a non-empty text'],
    [{ timeoutMs: 0 }, 'timeoutMs must be an integer'],
    [{ sockets: {} as NetlinkSockets }, 'sockets must be an object with open(), listen()'],
    [{ signal: 'stop' as unknown as AbortSignal }, 'signal must be an AbortSignal'],
  ])('are refused when they are wrong: %j', async (options, message) => {
    await expect(openNetfilter(options)).rejects.toMatchObject({
      code: code('OPTION'),
      message: expect.stringContaining(message),
    });
  });
});

describeWith(namespaces, 'openNetfilter', () => {
  let namespace: NetworkNamespace;
  let sockets: RemoteSockets;
  let nft: readonly string[];

  beforeAll(async () => {
    namespace = await NetworkNamespace.open();
    sockets = await RemoteSockets.open(namespace);
    nft = namespace.command('nft');
  });

  afterAll(async () => {
    await sockets?.close();
    await namespace?.close();
  });

  test('speaks netlink by itself, and says so', async () => {
    const netfilter = await openNetfilter({ sockets });
    expect(netfilter.capabilities).toMatchObject({
      transport: 'netlink',
      reason: expect.stringContaining('netlink'),
      kernelRelease: release(),
      maxTransactionBytes: expect.any(Number),
    });
    await netfilter.close();
  });

  test('tries out what the kernel can do, and leaves nothing behind', async () => {
    const before = await sockets.descriptors();
    const netfilter = await openNetfilter({ sockets });
    expect(await netfilter.tables()).toEqual([]);
    const [major = 0, minor = 0] = release().split('.').map(Number);
    // Distributions take things over from later kernels, so that only the new ones are sure.
    if (major > 6 || (major === 6 && minor >= 13)) {
      expect(netfilter.capabilities).toMatchObject({
        destroyElements: true,
        updateTimeouts: true,
        ownedTables: true,
        persistentTables: true,
      });
    }
    expect(await sockets.descriptors()).toBe(before + 1);
    await netfilter.close();
    expect(await sockets.descriptors()).toBe(before);
  });

  test('runs nft where koffi cannot be loaded, and says why', async () => {
    const netfilter = await openNetfilter({ sockets: withoutKoffi(), command: nft });
    expect(netfilter.capabilities).toMatchObject({ transport: 'nft', reason: expect.stringContaining('koffi') });
    await netfilter.commit([{ kind: 'add-table', table: { family: 'inet', table: 'by-nft' } }]);
    expect(namespace.run('nft', 'list', 'tables')).toContain('by-nft');
    await netfilter.close();
    namespace.run('nft', 'flush', 'ruleset');
  });

  test('runs nft where the kernel gives no netlink sockets', async () => {
    const refusing: NetlinkSockets = {
      open: () => Promise.reject(new NodeNetfilterError('UNAVAILABLE', 'the kernel gives none')),
      listen: () => Promise.reject(new NodeNetfilterError('UNAVAILABLE', 'the kernel gives none')),
    };
    const netfilter = await openNetfilter({ sockets: refusing, command: nft });
    expect(netfilter.capabilities).toMatchObject({ transport: 'nft', reason: 'the kernel gives none' });
    await netfilter.close();
  });

  test('does not run nft in this namespace where the sockets are perhaps in another', async () => {
    await expect(openNetfilter({ sockets: withoutKoffi() })).rejects.toMatchObject({
      code: code('UNAVAILABLE'),
      cure: expect.stringContaining('install koffi'),
    });
  });

  test('runs nft where it is told how to, and says so', async () => {
    const netfilter = await openNetfilter({ command: nft });
    expect(netfilter.capabilities).toMatchObject({ transport: 'nft', reason: expect.stringContaining('nsenter') });
    await netfilter.close();
  });

  test('names both reasons and cures where neither is there', async () => {
    const opening = openNetfilter({ sockets: withoutKoffi(), command: ['no-such-nft'] });
    await expect(opening).rejects.toMatchObject({
      code: code('UNAVAILABLE'),
      message: expect.stringMatching(/koffi.*no-such-nft.*install koffi/),
      cause: expect.any(AggregateError),
    });
  });

  test('runs nft only when it is asked for nft', async () => {
    const netfilter = await openNetfilter({ transport: 'nft', command: nft, sockets });
    expect(netfilter.capabilities.transport).toBe('nft');
    await netfilter.close();
    const opening = openNetfilter({ transport: 'netlink', command: nft, sockets: withoutKoffi() });
    await expect(opening).rejects.toMatchObject({ code: code('UNAVAILABLE') });
  });

  test('does not try nft where the process may not change the firewall', async () => {
    const powerless = await RemoteSockets.open(namespace);
    await powerless.dropCapabilities();
    const before = await powerless.descriptors();
    await expect(openNetfilter({ sockets: powerless, command: ['no-such-nft'] })).rejects.toMatchObject({
      code: code('PERMISSION'),
      cure: expect.stringContaining('CAP_NET_ADMIN'),
    });
    expect(await powerless.descriptors()).toBe(before);
    await powerless.close();
  });

  test('opens nothing when its signal has aborted, and closes when it does', async () => {
    const before = await sockets.descriptors();
    await expect(openNetfilter({ sockets, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: code('ABORTED'),
    });
    const abort = new AbortController();
    const opening = openNetfilter({ sockets, signal: abort.signal });
    abort.abort();
    await expect(opening).rejects.toMatchObject({ code: code('ABORTED') });
    expect(await sockets.descriptors()).toBe(before);
    const later = new AbortController();
    const netfilter = await openNetfilter({ sockets, signal: later.signal });
    later.abort();
    await expect(netfilter.tables()).rejects.toMatchObject({ code: code('CLOSED') });
    await netfilter.close();
    expect(await sockets.descriptors()).toBe(before);
  });

  test('counts transactions, those that were refused, and none that were only checked', async () => {
    const metrics = new CounterMetrics();
    const netfilter = await openNetfilter({ sockets, metrics });
    const table = { family: 'inet', table: 'counted' } as const;
    await netfilter.commit([{ kind: 'add-table', table }], { check: true });
    await netfilter.commit([{ kind: 'add-table', table }]);
    await netfilter.commit([{ kind: 'delete-table', table }]);
    await expect(netfilter.commit([{ kind: 'delete-table', table }])).rejects.toThrow('is not there');
    expect(metrics.snapshot()).toEqual({ [nodeNetfilterMetrics.commits]: 2, [nodeNetfilterMetrics.refusedCommits]: 1 });
    await netfilter.close();
  });
});

describeWith(namespaces, 'the end of the process that has the socket', () => {
  test('fails what is under way and what comes, and leaves the ruleset', async () => {
    const scene = await NetlinkScene.open();
    await scene.netfilter.commit([...scene.made, scene.add([1])]);
    const underWay = scene.netfilter.commit([scene.add([2])]);
    const failed = expect(underWay).rejects.toMatchObject({ code: code('UNAVAILABLE') });
    await scene.sockets.kill();
    await failed;
    await expect(scene.netfilter.generation()).rejects.toMatchObject({ code: code('UNAVAILABLE') });
    expect(scene.namespace.run('nft', 'list', 'ruleset')).toContain('10.0.0.1');
    await scene.close();
  });
});
