import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { namespaces } from '../../../../tools/testing/network-namespace.ts';
import { encodeDump } from '../messages/encode-dump.ts';
import { encodeGet } from '../messages/encode-get.ts';
import { readMessages } from '../messages/netlink/read-messages.ts';
import { NetlinkScene, upTo } from '../testing/netlink-scene.ts';
import { type KoffiSocketsOptions, koffiSockets } from './koffi-sockets.ts';

const NETLINK_NETFILTER = 12;
const nftablesGroup = 1 << 6;
const newGeneration = (10 << 8) | 15;

describe('the options of koffiSockets', () => {
  test.each<[KoffiSocketsOptions, string]>([
    [{ sendBufferBytes: 100 }, 'sendBufferBytes must be an integer from 4096'],
    [{ receiveBufferBytes: 2 ** 40 }, 'receiveBufferBytes must be an integer from 4096'],
    [{ load: 'koffi' as unknown as () => never }, 'load must be a function'],
  ])('are refused when they are wrong: %j', (options, message) => {
    expect(() => koffiSockets(options)).toThrow(message);
  });
});

describeWith(namespaces, 'koffiSockets', () => {
  let scene: NetlinkScene;
  let before: number;

  beforeAll(async () => {
    scene = await NetlinkScene.open();
    before = await scene.sockets.descriptors();
  });

  afterAll(() => scene?.close());

  test.each([true, false])('gets an answer to a request (quick: %s)', async (isQuick) => {
    const socket = await scene.sockets.open(NETLINK_NETFILTER);
    const { errno, datagrams, overrun } = await socket.exchange(encodeGet({ kind: 'generation' }, 7), { isQuick });
    expect({ errno, overrun }).toEqual({ errno: 0, overrun: false });
    const messages = datagrams.flatMap((datagram) => [...readMessages(datagram)]);
    expect(messages).toMatchObject([{ type: newGeneration, seq: 7, portId: socket.portId }]);
    await socket.close();
  });

  test('has one request under way at a time, in the order in which they came', async () => {
    const socket = await scene.sockets.open(NETLINK_NETFILTER);
    const requests = upTo(50).map((seq) =>
      socket.exchange(encodeGet({ kind: 'generation' }, seq), { isQuick: seq % 3 === 0 }),
    );
    const seqs = (await Promise.all(requests)).map(({ datagrams }) =>
      datagrams.flatMap((datagram) => [...readMessages(datagram)].map(({ seq }) => seq)),
    );
    expect(seqs).toEqual(upTo(50).map((seq) => [seq]));
    await socket.close();
  });

  test('reads a dump of many pages', async () => {
    await scene.netfilter.commit([...scene.made, scene.add(upTo(5000))]);
    const socket = await scene.sockets.open(NETLINK_NETFILTER);
    const request = encodeDump({ kind: 'elements', set: scene.set }, 1);
    const { datagrams, overrun } = await socket.exchange(request, { until: 'dump' });
    expect(overrun).toBe(false);
    expect(datagrams.length).toBeGreaterThan(3);
    expect(datagrams.flatMap((datagram) => [...readMessages(datagram)]).at(-1)?.type).toBe(3);
    // Nothing is left over.
    const next = await socket.exchange(encodeGet({ kind: 'generation' }, 2), { isQuick: true });
    expect(next.datagrams.flatMap((datagram) => [...readMessages(datagram)].map(({ seq }) => seq))).toEqual([2]);
    await socket.close();
  });

  test('hears what is committed, and nothing when that was all', async () => {
    const listener = await scene.sockets.listen(NETLINK_NETFILTER, nftablesGroup);
    expect(await listener.receive()).toEqual({ datagrams: [], overrun: false });
    await scene.netfilter.commit([{ kind: 'add-table', table: { ...scene.table, table: 'heard' } }]);
    const heard: number[] = [];
    let isWaiting = true;
    while (isWaiting) {
      for (const datagram of (await listener.receive()).datagrams)
        heard.push(...[...readMessages(datagram)].map(({ type }) => type));
      isWaiting = heard.length < 2;
    }
    expect(heard).toEqual([10 << 8, newGeneration]);
    expect(await listener.receive()).toEqual({ datagrams: [], overrun: false });
    await listener.close();
  });

  test('leaves nothing open when all are closed, also while a request is under way', async () => {
    const socket = await scene.sockets.open(NETLINK_NETFILTER);
    const listener = await scene.sockets.listen(NETLINK_NETFILTER, nftablesGroup);
    expect(await scene.sockets.descriptors()).toBe(before + 2);
    const request = encodeDump({ kind: 'elements', set: scene.set }, 1);
    const underWay = socket.exchange(request, { until: 'dump' });
    await Promise.all([socket.close(), listener.close()]);
    expect((await underWay).overrun).toBe(false);
    await expect(socket.exchange(request)).rejects.toThrow();
    expect(await scene.sockets.descriptors()).toBe(before);
  });

  test('is refused where the process may not listen', async () => {
    await scene.sockets.dropCapabilities();
    await expect(scene.sockets.listen(NETLINK_NETFILTER, nftablesGroup)).rejects.toMatchObject({
      code: 'ERR_NODE_NETFILTER_PERMISSION',
    });
    expect(await scene.sockets.descriptors()).toBe(before);
  });
});
