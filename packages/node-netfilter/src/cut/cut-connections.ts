import { NodeNetfilterError } from '../node-netfilter-error.ts';
import { errno, errnoName } from '../socket/errno.ts';
import type { NetlinkSocket, NetlinkSockets } from '../socket/netlink-socket.ts';
import type { CutNetwork } from './cut-network.ts';
import { destroyedAtOnce, destroySockets } from './destroy-sockets.ts';
import { findSockets } from './find-sockets.ts';
import { PeerMatcher } from './peer-matcher.ts';

/** NETLINK_SOCK_DIAG (linux/netlink.h). */
const sockDiag = 4;

/** What was cut. */
export interface CutReport {
  /** Connections that are no more. */
  readonly cut: number;
  /** Why others are still there: one error for each reason, which says how many. */
  readonly faults: readonly NodeNetfilterError[];
}

/**
 * Cuts this machine's running TCP connections with networks, as `ss -K` does (sock_diag(7), SOCK_DESTROY): our process gets
 * ECONNABORTED, the other side a reset, unless a rule drops it.
 *
 * 1. The connections are listed once, whatever the number of networks; it takes no longer for many of them.
 * 2. An IPv4 connection of an IPv6 socket counts as what it is. Sockets that listen stay.
 * 3. The event loop has its turn all along.
 *
 * @param sockets such as `koffiSockets()`
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_KEY` and `…_OPTION` for what is no network, `…_UNAVAILABLE`, `…_REFUSED`
 *   and `…_OVERRUN` where the connections cannot be listed, `…_ABORTED`
 */
export async function cutConnections(
  sockets: NetlinkSockets,
  networks: Iterable<CutNetwork>,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<CutReport> {
  const matcher = new PeerMatcher(networks);
  if (matcher.isEmpty) return { cut: 0, faults: [] };
  const socket = await sockets.open(sockDiag);
  try {
    return await cutMatching(socket, matcher, signal);
  } finally {
    await socket.close();
  }
}

async function cutMatching(
  socket: NetlinkSocket,
  matcher: PeerMatcher,
  signal: AbortSignal | undefined,
): Promise<CutReport> {
  const refused = new Map<number, number>();
  let cut = 0;
  for (const family of [4, 6] as const) {
    const connections = await findSockets(socket, family, matcher);
    for (let first = 0; first < connections.length; first += destroyedAtOnce) {
      if (signal?.aborted === true) throw new NodeNetfilterError('ABORTED', 'cutting connections was stopped');
      const destroyed = await destroySockets(socket, connections.slice(first, first + destroyedAtOnce));
      cut += destroyed.cut;
      for (const [number, count] of destroyed.refused) refused.set(number, (refused.get(number) ?? 0) + count);
    }
  }
  return { cut, faults: [...refused].map(([number, count]) => refusal(number, count)) };
}

function refusal(number: number, count: number): NodeNetfilterError {
  const fault = `${count} connections were not cut (${errnoName(number)})`;
  if (number === errno.EPERM)
    return new NodeNetfilterError('PERMISSION', fault, { errno: number, cure: 'give the process CAP_NET_ADMIN' });
  if (number === errno.EOPNOTSUPP)
    return new NodeNetfilterError('UNSUPPORTED', fault, {
      errno: number,
      cure: 'needs a kernel with CONFIG_INET_DIAG_DESTROY',
    });
  return new NodeNetfilterError('REFUSED', fault, { errno: number });
}
