import { deferred } from '@sluice/pipeline';
import { ScriptedLibc } from '../testing/scripted-libc.ts';
import { errno } from './errno.ts';
import { koffiSockets } from './koffi-sockets.ts';
import type { NetlinkSocket } from './netlink-socket.ts';

const NETLINK_NETFILTER = 12;
const request = new Uint8Array(20);
const answer = Uint8Array.of(1, 2, 3);

/** A message of netlink without content: its length, its type, zeros. */
function message(type: number): Uint8Array {
  const bytes = new Uint8Array(16);
  new Uint32Array(bytes.buffer)[0] = 16;
  new Uint16Array(bytes.buffer)[2] = type;
  return bytes;
}

const opened = (libc: ScriptedLibc): Promise<NetlinkSocket> =>
  koffiSockets({ load: async () => libc }).open(NETLINK_NETFILTER);

describe('a netlink socket', () => {
  let libc: ScriptedLibc;

  beforeEach(() => {
    libc = new ScriptedLibc();
  });

  test('takes an answer up again where a signal interrupted it', async () => {
    libc.received.push(errno.EINTR, answer);
    expect(await (await opened(libc)).exchange(request)).toEqual({ errno: 0, datagrams: [answer], overrun: false });
  });

  test('tells of lost answers and gives those that came', async () => {
    libc.received.push(errno.ENOBUFS, answer);
    expect(await (await opened(libc)).exchange(request)).toEqual({ errno: 0, datagrams: [answer], overrun: true });
  });

  test('counts an answer that was cut off as lost', async () => {
    libc.received.push(answer);
    libc.fullLength = 1 << 20;
    expect(await (await opened(libc)).exchange(request)).toEqual({ errno: 0, datagrams: [], overrun: true });
  });

  test('tells what the kernel said to a request that it did not take', async () => {
    libc.failing.set('send', errno.EMSGSIZE);
    for (const isQuick of [true, false]) {
      const exchange = await (await opened(libc)).exchange(request, { isQuick });
      expect(exchange).toEqual({ errno: errno.EMSGSIZE, datagrams: [], overrun: false });
    }
  });

  test('fails when receiving fails, and works on', async () => {
    libc.received.push(errno.ENOMEM);
    const socket = await opened(libc);
    await expect(socket.exchange(request)).rejects.toMatchObject({
      code: 'ERR_NODE_NETFILTER_REFUSED',
      errno: errno.ENOMEM,
    });
    libc.received.push(answer);
    expect((await socket.exchange(request)).datagrams).toEqual([answer]);
  });

  test('reads a dump to its end and leaves what follows it', async () => {
    const [page, done] = [message(0xa0c), message(3)];
    libc.received.push(page, page, done, answer);
    const socket = await opened(libc);
    expect((await socket.exchange(request, { until: 'dump' })).datagrams).toEqual([page, page, done]);
    expect(libc.received).toEqual([answer]);
  });

  test('takes a dump that stops before its end for one of which answers were lost', async () => {
    libc.received.push(message(0xa0c));
    expect(await (await opened(libc)).exchange(request, { until: 'dump' })).toMatchObject({ overrun: true });
  });

  test('is content with a smaller send buffer where it may not have a large one', async () => {
    libc.failing.set('setsockopt', errno.EPERM);
    expect((await opened(libc)).maxRequestBytes).toBe(4096 - 32);
  });

  test.each(['bind', 'getsockname', 'getsockopt'])('is closed when its %s fails', async (name) => {
    libc.failing.set(name, errno.EPERM);
    await expect(opened(libc)).rejects.toMatchObject({ code: 'ERR_NODE_NETFILTER_PERMISSION', errno: errno.EPERM });
    expect(libc.closed).toEqual([7]);
  });

  test.each([
    [97, 'ERR_NODE_NETFILTER_UNAVAILABLE'],
    [errno.EPERM, 'ERR_NODE_NETFILTER_UNAVAILABLE'],
    [errno.EMFILE, 'ERR_NODE_NETFILTER_REFUSED'],
  ])('cannot be had where the kernel answers %i', async (number, code) => {
    libc.failing.set('socket', number);
    await expect(opened(libc)).rejects.toMatchObject({ code, errno: number });
  });

  test('is closed once, and only when the request under way is done', async () => {
    const sent = deferred<void>();
    libc.sending = sent.promise;
    libc.received.push(answer);
    const socket = await opened(libc);
    const underWay = socket.exchange(request);
    await Promise.resolve();
    const closed = Promise.all([socket.close(), socket.close()]);
    expect(libc.closed).toEqual([]);
    sent.resolve();
    expect((await underWay).datagrams).toEqual([answer]);
    await closed;
    expect(libc.closed).toEqual([7]);
    await expect(socket.exchange(request)).rejects.toMatchObject({ code: 'ERR_NODE_NETFILTER_CLOSED' });
  });
});
