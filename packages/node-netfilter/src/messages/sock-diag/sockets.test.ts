import { messageType } from '../netlink/message-type.ts';
import { MessageWriter } from '../netlink/message-writer.ts';
import { type NetlinkMessage, readMessages } from '../netlink/read-messages.ts';
import { messagesOf } from '../testing/hex-messages.ts';
import { decodeSocket } from './decode-socket.ts';
import { encodeSocketDestroy, encodeSocketDump } from './encode-socket-request.ts';

const bytes = (hex: string): number[] => [...Buffer.from(hex.replaceAll(' ', ''), 'hex')];
const none = '00'.repeat(16);
const cookie = 'deadbeef cafebabe';
const ipv4 = `${'c0000202'.padEnd(32, '0')} ${'cb007107'.padEnd(32, '0')}`;

/** A message about an established connection of ports 22 and 40000. */
function told(family: number, addresses: string): NetlinkMessage {
  const writer = new MessageWriter();
  const id = bytes(`0016 9c40 ${addresses} 03000000 ${cookie}`);
  writer.plain(messageType.socketsByFamily, 0, 1, Uint8Array.from([family, 1, 0, 0, ...id, ...new Uint8Array(20)]));
  return [...readMessages(writer.bytes.subarray(0, writer.length))][0] as NetlinkMessage;
}

describe('sockets', () => {
  test('are asked for by family, all but those that listen', () => {
    expect(messagesOf(encodeSocketDump(4, 9))).toEqual([
      `48000000 14000103 09000000 00000000 02060000 fe0b0000 ${'00000000 '.repeat(12).trim()}`,
    ]);
    expect(encodeSocketDump(6, 9)[16]).toBe(10);
  });

  test('are read with their peer', () => {
    expect(decodeSocket(told(2, ipv4))).toMatchObject({
      family: 4,
      state: 1,
      localPort: 22,
      peerPort: 40_000,
      peer: Uint8Array.of(203, 0, 113, 7),
    });
    const ipv6 = '20010db8000000000000000000000007';
    expect(decodeSocket(told(10, none + ipv6))?.peer).toEqual(Uint8Array.from(bytes(ipv6)));
  });

  test('of IPv6 have IPv4 peers too', () => {
    const mapped = '00000000000000000000ffffcb007107';
    expect(decodeSocket(told(10, none + mapped))).toMatchObject({ family: 6, peer: Uint8Array.of(203, 0, 113, 7) });
  });

  test('are destroyed by what the kernel knows them by', () => {
    const socket = decodeSocket(told(2, ipv4));
    if (socket === undefined) throw new Error('no socket');
    expect(messagesOf(encodeSocketDestroy(socket, 10))[0]).toBe(
      `48000000 15000500 0a000000 00000000 02060000 fe0b0000 00169c40 ${ipv4.replace(/ /g, '').replace(/(.{8})/g, '$1 ')}03000000 ${cookie}`,
    );
  });

  test('of other families and other messages are none', () => {
    expect(decodeSocket(told(1, ipv4))).toBeUndefined();
    expect(decodeSocket({ ...told(2, ipv4), type: messageType.done })).toBeUndefined();
    expect(() => decodeSocket({ ...told(2, ipv4), payload: new Uint8Array(51) })).toThrow('holds no socket');
  });
});
