import { setImmediate as turn } from 'node:timers/promises';
import type { Exchange, NetlinkSockets } from '../socket/netlink-socket.ts';
import { cutConnections } from './cut-connections.ts';

const dumpType = 20;
const done = 3;

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

function message(type: number, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(16 + payload.length);
  new DataView(bytes.buffer).setUint32(0, bytes.length, isLittleEndian);
  new DataView(bytes.buffer).setUint16(4, type, isLittleEndian);
  bytes.set(payload, 16);
  return bytes;
}

/** A connection of 192.0.2.1 to port 22, established unless said otherwise. */
function connection(state = 1): Uint8Array {
  const payload = new Uint8Array(72);
  payload.set([2, state, 0, 0, 0, 22, 0x9c, 0x40]);
  payload.set([192, 0, 2, 1], 24);
  return message(dumpType, payload);
}

const end = message(done, new Uint8Array(4));
const exchange = (...datagrams: readonly Uint8Array[]): Exchange => ({ errno: 0, datagrams, overrun: false });

/** A kernel that answers so, and remembers what it was asked to destroy. */
function kernel(answers: { dump: Exchange; destroy?: Exchange }) {
  const destroyed: number[] = [];
  let open = 0;
  const sockets: NetlinkSockets = {
    open: async () => {
      open += 1;
      return {
        portId: 1,
        maxRequestBytes: 65_536,
        exchange: async (request) => {
          const isDump = new DataView(request.buffer, request.byteOffset).getUint16(4, isLittleEndian) === dumpType;
          if (!isDump) destroyed.push(request.length / 72);
          return isDump ? (request[16] === 2 ? answers.dump : exchange(end)) : (answers.destroy ?? exchange());
        },
        close: async () => {
          open -= 1;
        },
      };
    },
    listen: () => Promise.reject(new Error('nothing to listen to')),
  };
  return { sockets, destroyed, isClosed: () => open === 0 };
}

const networks = [{ address: '192.0.2.1', family: 4, prefix: 32 }] as const;

describe('cutConnections', () => {
  test('gives the event loop its turn while it looks through 100,000 connections', async () => {
    const page = Buffer.concat(Array.from({ length: 250 }, () => connection()));
    const { sockets, destroyed } = kernel({ dump: exchange(...Array.from({ length: 400 }, () => page), end) });
    let turns = 0;
    let isOver = false;
    const cutting = cutConnections(sockets, networks).finally(() => {
      isOver = true;
    });
    for (; !isOver; turns++) await turn();
    await cutting;
    expect(turns).toBeGreaterThan(90);
    expect(destroyed.reduce((sum, count) => sum + count)).toBe(100_000);
    expect(Math.max(...destroyed)).toBe(128);
  });

  test('asks the kernel once for each family, whatever the number of networks', async () => {
    let asked = 0;
    const { sockets } = kernel({ dump: exchange(end) });
    const counted: NetlinkSockets = {
      ...sockets,
      open: async (protocol) => {
        const socket = await sockets.open(protocol);
        const exchange: typeof socket.exchange = (request, options) => {
          asked += 1;
          return socket.exchange(request, options);
        };
        return { ...socket, exchange };
      },
    };
    const many = Array.from(
      { length: 1000 },
      (_, n) => ({ address: `10.0.${n >> 8}.${n & 255}`, family: 4, prefix: 32 }) as const,
    );
    await cutConnections(counted, many);
    expect(asked).toBe(2);
  });

  test('asks for nothing where there is nothing to cut', async () => {
    const sockets: NetlinkSockets = { open: () => Promise.reject(new Error('opened')), listen: () => Promise.reject() };
    expect(await cutConnections(sockets, [])).toEqual({ cut: 0, faults: [] });
  });

  test('leaves connections alone that are over', async () => {
    const { sockets, destroyed } = kernel({ dump: exchange(connection(6), connection(7), connection(1), end) });
    await cutConnections(sockets, networks);
    expect(destroyed).toEqual([1]);
  });

  test.each([
    ['that a part was lost', { ...exchange(end), overrun: true }, 'ERR_NODE_NETFILTER_OVERRUN'],
    ['that it is refused', { errno: 1, datagrams: [], overrun: false }, 'ERR_NODE_NETFILTER_REFUSED'],
    ['nonsense', exchange(connection().subarray(0, 50)), 'ERR_NODE_NETFILTER_MALFORMED'],
    [
      'that it failed midway',
      exchange(connection(), message(2, new Uint8Array([255, ...new Uint8Array(3).fill(255), ...new Uint8Array(16)]))),
      'ERR_NODE_NETFILTER_REFUSED',
    ],
  ])('rejects when the kernel answers %s, and closes its socket', async (_, dump, code) => {
    const { sockets, isClosed } = kernel({ dump });
    await expect(cutConnections(sockets, networks)).rejects.toMatchObject({ code });
    expect(isClosed()).toBe(true);
  });

  test('says so where the kernel cannot destroy connections', async () => {
    const { sockets } = kernel({
      dump: exchange(connection(), connection(), end),
      destroy: { errno: 95, datagrams: [], overrun: false },
    });
    const { cut, faults } = await cutConnections(sockets, networks);
    expect(cut).toBe(0);
    expect(faults.map(({ code, message }) => [code, message])).toEqual([
      [
        'ERR_NODE_NETFILTER_UNSUPPORTED',
        '2 connections were not cut (EOPNOTSUPP); needs a kernel with CONFIG_INET_DIAG_DESTROY',
      ],
    ]);
  });
});
