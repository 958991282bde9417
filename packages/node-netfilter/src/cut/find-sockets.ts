import { setImmediate as turn } from 'node:timers/promises';
import { decodeAck } from '../messages/netlink/decode-ack.ts';
import { readMessages } from '../messages/netlink/read-messages.ts';
import { type DiagnosedSocket, decodeSocket } from '../messages/sock-diag/decode-socket.ts';
import { encodeSocketDump } from '../messages/sock-diag/encode-socket-request.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import { errnoName } from '../socket/errno.ts';
import type { NetlinkSocket } from '../socket/netlink-socket.ts';
import type { PeerMatcher } from './peer-matcher.ts';

/** States in which a connection is over: TIME_WAIT and CLOSE (net/tcp_states.h). */
const over: ReadonlySet<number> = new Set([6, 7]);

/** Datagrams of at most 32 KiB, some 300 sockets each, after which the event loop gets its turn. */
const datagramsInTurn = 4;

/**
 * This machine's TCP connections of one family that are to be cut.
 *
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_REFUSED`, `…_OVERRUN`, `…_MALFORMED`
 */
export async function findSockets(
  socket: NetlinkSocket,
  family: 4 | 6,
  matcher: PeerMatcher,
): Promise<readonly DiagnosedSocket[]> {
  const { errno, datagrams, overrun } = await socket.exchange(encodeSocketDump(family, family), { until: 'dump' });
  if (errno !== 0) throw refused(errno);
  if (overrun) throw new NodeNetfilterError('OVERRUN', `a part of the list of this machine's connections was lost`);
  const found: DiagnosedSocket[] = [];
  for (const [index, datagram] of datagrams.entries()) {
    if (index % datagramsInTurn === datagramsInTurn - 1) await turn();
    for (const message of readMessages(datagram)) {
      const connection = decodeSocket(message);
      if (connection === undefined) check(decodeAck(message)?.errno);
      else if (!over.has(connection.state) && matcher.matches(connection.peer, connection.localPort))
        found.push(connection);
    }
  }
  return found;
}

function check(errno: number | undefined): void {
  if (errno !== undefined && errno !== 0) throw refused(errno);
}

const refused = (errno: number): NodeNetfilterError =>
  new NodeNetfilterError('REFUSED', `the kernel does not list this machine's connections (${errnoName(errno)})`, {
    errno,
  });
