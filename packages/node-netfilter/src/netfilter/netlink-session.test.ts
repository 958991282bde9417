import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { namespaces } from '../../../../tools/testing/network-namespace.ts';
import { encodeGet } from '../messages/encode-get.ts';
import { messageFlag } from '../messages/netlink/message-flag.ts';
import type { Exchange, NetlinkSocket } from '../socket/netlink-socket.ts';
import { NetlinkScene, upTo } from '../testing/netlink-scene.ts';
import { RemoteSockets } from '../testing/remote-sockets.ts';
import { NetlinkReader } from './netlink-reader.ts';
import { NetlinkSession } from './netlink-session.ts';
import { openNetfilter } from './open-netfilter.ts';

const code = (name: string): string => `ERR_NODE_NETFILTER_${name}`;

/** The same answers, but the kernel said that the ruleset changed meanwhile. */
function interrupted(exchange: Exchange): Exchange {
  for (const datagram of exchange.datagrams)
    new DataView(datagram.buffer, datagram.byteOffset).setUint8(6, messageFlag.multi | messageFlag.dumpInterrupted);
  return exchange;
}

describeWith(namespaces, 'reading over netlink', () => {
  let scene: NetlinkScene;

  beforeAll(async () => {
    scene = await NetlinkScene.open();
    await scene.netfilter.commit([...scene.made, scene.add(upTo(3000))]);
  });

  afterAll(() => scene?.close());

  /** A socket of which the first answers are made something else. */
  const spoiling = async (times: number, spoil: (exchange: Exchange) => Exchange): Promise<NetlinkSocket> => {
    const socket = await scene.sockets.open(12);
    let left = times;
    return {
      portId: socket.portId,
      maxRequestBytes: socket.maxRequestBytes,
      close: () => socket.close(),
      exchange: async (request, options) => {
        const exchange = await socket.exchange(request, options);
        return left-- > 0 ? spoil(exchange) : exchange;
      },
    };
  };

  test('begins again when the ruleset changed meanwhile, and gives everything once', async () => {
    const socket = await spoiling(3, interrupted);
    expect(await new NetlinkReader(new NetlinkSession(socket)).elements(scene.set)).toHaveLength(3000);
    await socket.close();
  });

  test('begins again when elements came twice, for then others are missing', async () => {
    const socket = await spoiling(2, ({ datagrams, ...rest }) => ({
      ...rest,
      datagrams: [datagrams[0] as Uint8Array, datagrams[0] as Uint8Array, ...datagrams.slice(2)],
    }));
    const elements = await new NetlinkReader(new NetlinkSession(socket)).elements(scene.set);
    expect(new Set(elements.map(({ key }) => key)).size).toBe(3000);
    expect(elements).toHaveLength(3000);
    await socket.close();
  });

  test('gives up when the ruleset never keeps still', async () => {
    const socket = await spoiling(1000, interrupted);
    await expect(new NetlinkReader(new NetlinkSession(socket)).elements(scene.set)).rejects.toMatchObject({
      code: code('STALE'),
    });
    await socket.close();
  });

  test('fails where answers were lost, and asks anew when it is asked', async () => {
    const socket = await spoiling(2, (exchange) => ({ ...exchange, datagrams: [], overrun: true }));
    const session = new NetlinkSession(socket);
    await expect(session.generation()).rejects.toMatchObject({ code: code('OVERRUN') });
    await expect(new NetlinkReader(session).tables()).rejects.toMatchObject({ code: code('OVERRUN') });
    expect(await new NetlinkReader(session).tables()).toHaveLength(1);
    await socket.close();
  });

  test('passes over answers to a question that was given up', async () => {
    const old = await scene.sockets.open(12);
    const { datagrams } = await old.exchange(encodeGet({ kind: 'generation' }, 999), { isQuick: true });
    await old.close();
    const socket = await spoiling(1, (exchange) => ({ ...exchange, datagrams: [...datagrams, ...exchange.datagrams] }));
    expect(await new NetlinkSession(socket).generation()).toBe(await scene.netfilter.generation());
    await socket.close();
  });

  test.each<[string, (exchange: Exchange) => Exchange]>([
    ['no answer', (exchange) => ({ ...exchange, datagrams: [] })],
    [
      'half an answer',
      (exchange) => ({ ...exchange, datagrams: exchange.datagrams.map((bytes) => bytes.slice(0, 17)) }),
    ],
  ])('takes %s for none', async (_, spoil) => {
    const socket = await spoiling(1, spoil);
    await expect(new NetlinkSession(socket).generation()).rejects.toMatchObject({ code: code('MALFORMED') });
    await socket.close();
  });

  test('stops when its signal aborts', async () => {
    const abort = new AbortController();
    const reading = scene.netfilter.elements(scene.set, abort.signal);
    abort.abort();
    await expect(reading).rejects.toMatchObject({ code: code('ABORTED') });
    expect(await scene.netfilter.elements(scene.set)).toHaveLength(3000);
  });

  test('gives a set as it was at one moment while another process changes it', async () => {
    const others = await RemoteSockets.open(scene.namespace);
    const other = await openNetfilter({ sockets: others });
    let isReading = true;
    // In each transaction one of the two goes and the other comes.
    const changing = (async () => {
      for (let turn = 0; isReading; turn++) {
        const [out, into] = turn % 2 === 0 ? [5000, 5001] : [5001, 5000];
        await other.commit([
          scene.add([into]),
          { kind: 'delete-elements', set: scene.set, elements: [{ key: `10.0.19.${out - 4864}` }], ifAbsent: 'ignore' },
        ]);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    })();
    try {
      for (let reads = 0; reads < 20; reads++) {
        const keys = (await scene.netfilter.elements(scene.set)).map(({ key }) => key);
        expect(keys.length - new Set(keys).size).toBe(0);
        expect(keys.filter((key) => key.startsWith('10.0.19.')).length).toBeLessThanOrEqual(1);
        expect(keys.filter((key) => !key.startsWith('10.0.19.'))).toHaveLength(3000);
      }
    } finally {
      isReading = false;
      await changing;
      await other.close();
      await others.close();
    }
  });
});
