import { isLittleEndian } from '../netlink/is-little-endian.ts';
import { messageFlag } from '../netlink/message-flag.ts';
import { messageType } from '../netlink/message-type.ts';
import { MessageWriter } from '../netlink/message-writer.ts';
import type { DiagnosedSocket } from './decode-socket.ts';
import { connectedStates, socketFamilies, socketIdBytes, tcp } from './socket-format.ts';

/** `struct inet_diag_req_v2` (`linux/inet_diag.h`). */
function request(type: number, flags: number, seq: number, family: 4 | 6, id: Uint8Array): Uint8Array {
  const payload = new Uint8Array(8 + socketIdBytes);
  payload[0] = socketFamilies[family];
  payload[1] = tcp;
  new DataView(payload.buffer).setUint32(4, connectedStates, isLittleEndian);
  payload.set(id, 8);
  const writer = new MessageWriter(16 + payload.length);
  writer.plain(type, flags | messageFlag.request, seq >>> 0, payload);
  return writer.bytes.subarray(0, writer.length);
}

/**
 * The request for all TCP sockets of a family that do not listen, which the kernel answers page by page until
 * `NLMSG_DONE` (sock_diag(7)).
 *
 * @param family of the sockets: one of IPv6 may have an IPv4 peer
 */
export const encodeSocketDump = (family: 4 | 6, seq: number): Uint8Array =>
  request(messageType.socketsByFamily, messageFlag.dump, seq, family, new Uint8Array(socketIdBytes));

/** The request to destroy a socket: its process gets ECONNABORTED, its peer a reset (CONFIG_INET_DIAG_DESTROY). */
export const encodeSocketDestroy = ({ family, id }: Pick<DiagnosedSocket, 'family' | 'id'>, seq: number): Uint8Array =>
  request(messageType.socketDestroy, messageFlag.ack, seq, family, id);
