import { check } from '../options.ts';
import { KoffiListener } from './koffi-listener.ts';
import { KoffiSocket } from './koffi-socket.ts';
import type { Libc } from './libc.ts';
import { loadLibc } from './load-libc.ts';
import type { NetlinkSockets } from './netlink-socket.ts';
import { SocketHandle } from './socket-handle.ts';

/** Options of `koffiSockets`. */
export interface KoffiSocketsOptions {
  /**
   * Largest request that is wished for, in bytes, from 4096 to 256 MiB; one that the kernel doubles. A process without
   * CAP_NET_ADMIN in the first user namespace gets at most `net.core.wmem_max`. Default 64 MiB.
   */
  readonly sendBufferBytes?: number;
  /** What the kernel may keep of its answers, as above with `net.core.rmem_max`. Default 8 MiB. */
  readonly receiveBufferBytes?: number;
  /** Gives the C library. Default by koffi. */
  readonly load?: () => Promise<Libc>;
}

const minBufferBytes = 4096;
const maxBufferBytes = 256 * 2 ** 20;

/**
 * Netlink sockets of this process, through koffi, which is loaded when the first one is opened.
 *
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_OPTION`; opening one `…_UNAVAILABLE` and `…_PERMISSION`
 */
export function koffiSockets(options: KoffiSocketsOptions = {}): NetlinkSockets {
  check.callback('load', options.load);
  const bytes = (name: 'sendBufferBytes' | 'receiveBufferBytes', initial: number): number =>
    check.integer(name, options[name], initial, minBufferBytes, maxBufferBytes);
  const buffers = {
    sendBytes: bytes('sendBufferBytes', 64 * 2 ** 20),
    receiveBytes: bytes('receiveBufferBytes', 8 * 2 ** 20),
  };
  const { load = loadLibc } = options;
  let libc: Promise<Libc> | undefined;
  const open = async (protocol: number, groupMask: number): Promise<SocketHandle> => {
    libc ??= load();
    return SocketHandle.open(await libc, { protocol, groupMask, ...buffers });
  };
  return {
    open: async (protocol) => new KoffiSocket(await open(protocol, 0)),
    listen: async (protocol, groupMask) => new KoffiListener(await open(protocol, groupMask)),
  };
}
