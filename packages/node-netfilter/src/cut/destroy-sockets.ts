import { decodeAck } from '../messages/netlink/decode-ack.ts';
import { readMessages } from '../messages/netlink/read-messages.ts';
import type { DiagnosedSocket } from '../messages/sock-diag/decode-socket.ts';
import { encodeSocketDestroy } from '../messages/sock-diag/encode-socket-request.ts';
import { errno } from '../socket/errno.ts';
import type { NetlinkSocket } from '../socket/netlink-socket.ts';

/** What the kernel did. */
export interface Destroyed {
  readonly cut: number;
  /** How many it refused, by the number of the error. */
  readonly refused: ReadonlyMap<number, number>;
}

/** Requests in one message to the kernel. Their answers have to fit into a plain user's receive buffer of 208 KiB. */
export const destroyedAtOnce = 128;

/** Destroys at most {@link destroyedAtOnce} sockets. One that is gone meanwhile is none that was refused. */
export async function destroySockets(
  socket: NetlinkSocket,
  connections: readonly DiagnosedSocket[],
): Promise<Destroyed> {
  const requests = connections.map((connection, index) => encodeSocketDestroy(connection, index + 1));
  const { errno: sendErrno, datagrams } = await socket.exchange(Buffer.concat(requests));
  const refused = new Map<number, number>();
  if (sendErrno !== 0) return { cut: 0, refused: refused.set(sendErrno, connections.length) };
  let cut = 0;
  for (const datagram of datagrams) {
    for (const message of readMessages(datagram)) {
      const ack = decodeAck(message);
      if (ack?.errno === 0) cut += 1;
      else if (ack !== undefined && ack.errno !== errno.ENOENT)
        refused.set(ack.errno, (refused.get(ack.errno) ?? 0) + 1);
    }
  }
  return { cut, refused };
}
