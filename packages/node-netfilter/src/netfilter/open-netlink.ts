import os from 'node:os';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { ResolvedNetfilterOptions } from '../options.ts';
import { koffiSockets } from '../socket/koffi-sockets.ts';
import type { Netfilter } from './netfilter.ts';
import { NetlinkNetfilter } from './netlink-netfilter.ts';
import { NetlinkSession } from './netlink-session.ts';
import { probeKernel } from './probe-kernel.ts';

/** NETLINK_NETFILTER (linux/netlink.h). */
const NETLINK_NETFILTER = 12;

/**
 * nf_tables over netlink.
 *
 * @param reason why this transport, in one sentence
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_UNAVAILABLE`, `…_PERMISSION`
 */
export async function openNetlink(options: ResolvedNetfilterOptions, reason: string): Promise<Netfilter> {
  const sockets = options.sockets ?? koffiSockets();
  const session = new NetlinkSession(await sockets.open(NETLINK_NETFILTER));
  try {
    await askAtAll(session);
    const probed = await probeKernel(session, sockets);
    const capabilities = {
      transport: 'netlink',
      reason,
      kernelRelease: os.release(),
      ...probed,
      maxTransactionBytes: session.maxRequestBytes,
    } as const;
    return new NetlinkNetfilter({ sockets, session, capabilities, options });
  } catch (error) {
    await session.socket.close();
    throw error;
  }
}

/** Finds out whether there are nf_tables, and whether this process may have to do with them. */
async function askAtAll(session: NetlinkSession): Promise<void> {
  try {
    await session.generation();
  } catch (error) {
    if (!(error instanceof NodeNetfilterError) || error.code !== 'ERR_NODE_NETFILTER_UNSUPPORTED') throw error;
    throw new NodeNetfilterError('UNAVAILABLE', 'this kernel has no nf_tables', {
      cure: 'load the module nf_tables',
      errno: error.errno,
      cause: error,
    });
  }
}
