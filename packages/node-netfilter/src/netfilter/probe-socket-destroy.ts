import { decodeAck } from '../messages/netlink/decode-ack.ts';
import { readMessages } from '../messages/netlink/read-messages.ts';
import { encodeSocketDestroy } from '../messages/sock-diag/encode-socket-request.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import { errno } from '../socket/errno.ts';
import type { NetlinkSocket, NetlinkSockets } from '../socket/netlink-socket.ts';

/** NETLINK_SOCK_DIAG (linux/netlink.h). */
const NETLINK_SOCK_DIAG = 4;

const seq = 1;

/** Whether the kernel destroys TCP sockets when asked: it is asked for one that cannot be, of port 0 to port 0. */
export async function probeSocketDestroy(sockets: NetlinkSockets): Promise<boolean> {
  let socket: NetlinkSocket;
  try {
    socket = await sockets.open(NETLINK_SOCK_DIAG);
  } catch (error) {
    if (error instanceof NodeNetfilterError) return false;
    throw error;
  }
  try {
    const request = encodeSocketDestroy({ family: 4, id: new Uint8Array(48) }, seq);
    const { datagrams } = await socket.exchange(request);
    const acks = datagrams.flatMap((datagram) =>
      [...readMessages(datagram)].flatMap((message) => decodeAck(message) ?? []),
    );
    return acks.some((ack) => ack.errno === errno.ENOENT);
  } finally {
    await socket.close();
  }
}
