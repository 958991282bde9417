import { NodeNetfilterError } from '../node-netfilter-error.ts';
import { errno, errnoName } from './errno.ts';
import type { Libc } from './libc.ts';

const AF_NETLINK = 16;
const SOCK_RAW_CLOEXEC = 3 | 0o2000000;
const SOL_SOCKET = 1;
const SO_SNDBUF = 7;
const SO_RCVBUF = 8;
const SO_SNDBUFFORCE = 32;
const SO_RCVBUFFORCE = 33;
const SOL_NETLINK = 270;
const NETLINK_CAP_ACK = 10;
const NETLINK_EXT_ACK = 11;
const MSG_DONTWAIT_TRUNC = 0x40 | 0x20;

/** More than the kernel puts into one datagram, 32 KiB, and any error with its text. */
const datagramBytes = 128 * 2 ** 10;
/** Of the send buffer, what the kernel keeps for itself (netlink_sendmsg). */
const overheadBytes = 32;

/** What one look into the receive buffer gave: a datagram, nothing, or word that some were lost. */
export type Received = Uint8Array | 'nothing' | 'lost';

/** How a socket is to be. */
export interface SocketSetup {
  readonly protocol: number;
  /** Multicast groups that it hears. */
  readonly groupMask: number;
  readonly sendBytes: number;
  readonly receiveBytes: number;
}

/** A netlink socket as the kernel has it (netlink(7)). */
export class SocketHandle {
  readonly portId: number;
  readonly maxRequestBytes: number;
  readonly #libc: Libc;
  readonly #descriptor: number;
  readonly #datagram = new Uint8Array(datagramBytes);

  private constructor(libc: Libc, descriptor: number, { groupMask, sendBytes, receiveBytes }: SocketSetup) {
    this.#libc = libc;
    this.#descriptor = descriptor;
    try {
      this.#set(SOL_NETLINK, NETLINK_CAP_ACK, 1);
      this.#set(SOL_NETLINK, NETLINK_EXT_ACK, 1);
      // Only the administrator of the whole machine passes the limit of net.core.wmem_max.
      if (!this.#set(SOL_SOCKET, SO_SNDBUFFORCE, sendBytes)) this.#set(SOL_SOCKET, SO_SNDBUF, sendBytes);
      if (!this.#set(SOL_SOCKET, SO_RCVBUFFORCE, receiveBytes)) this.#set(SOL_SOCKET, SO_RCVBUF, receiveBytes);
      this.#check('bind', libc.bind(descriptor, netlinkAddress(groupMask), 12));
      const address = new Uint8Array(12);
      this.#check('getsockname', libc.getsockname(descriptor, address, hostU32(12)));
      this.portId = readU32(address, 4);
      const sendBuffer = new Uint8Array(4);
      this.#check('getsockopt', libc.getsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, sendBuffer, hostU32(4)));
      this.maxRequestBytes = readU32(sendBuffer, 0) - overheadBytes;
    } catch (error) {
      libc.close(descriptor);
      throw error;
    }
  }

  /** @throws NodeNetfilterError `ERR_NODE_NETFILTER_UNAVAILABLE`, `…_PERMISSION`, `…_REFUSED` */
  static open(libc: Libc, setup: SocketSetup): SocketHandle {
    const { protocol } = setup;
    const descriptor = libc.socket(AF_NETLINK, SOCK_RAW_CLOEXEC, protocol);
    if (descriptor >= 0) return new SocketHandle(libc, descriptor, setup);
    const number = libc.errno();
    const isForWant = number === errno.EMFILE || number === errno.ENFILE || number === errno.ENOMEM;
    throw isForWant
      ? callError('socket', number)
      : new NodeNetfilterError(
          'UNAVAILABLE',
          `the kernel gives no netlink socket of protocol ${protocol} (${errnoName(number)})`,
          {
            cure: 'allow AF_NETLINK (systemd: RestrictAddressFamilies), and see that the kernel has it',
            errno: number,
          },
        );
  }

  /** Sends at once. Gives the error number, 0 when the kernel took it. */
  send(bytes: Uint8Array): number {
    return this.#libc.send(this.#descriptor, bytes, bytes.length, 0) < 0 ? this.#libc.errno() : 0;
  }

  /** Sends in another thread. One at a time. */
  sendLater(bytes: Uint8Array): Promise<number> {
    return this.#libc.sendLater(this.#descriptor, bytes);
  }

  /** Takes what is there, without waiting. */
  receive(): Received {
    for (;;) {
      const length = this.#libc.recv(this.#descriptor, this.#datagram, datagramBytes, MSG_DONTWAIT_TRUNC);
      const received = this.#received(length, length < 0 ? this.#libc.errno() : 0);
      if (received !== undefined) return received;
    }
  }

  /** As `receive`, in another thread: for dumps, whose next page the kernel makes meanwhile. One at a time. */
  async receiveLater(): Promise<Received> {
    for (;;) {
      const { length, errno } = await this.#libc.recvLater(this.#descriptor, this.#datagram, MSG_DONTWAIT_TRUNC);
      const received = this.#received(length, errno);
      if (received !== undefined) return received;
    }
  }

  /** Once, and when no call uses it any more: another file may have its descriptor by then. */
  close(): Promise<void> {
    return this.#libc.closeLater(this.#descriptor);
  }

  #received(length: number, number: number): Received | undefined {
    if (length > datagramBytes || number === errno.ENOBUFS) return 'lost';
    if (length >= 0) return this.#datagram.slice(0, length);
    if (number === errno.EAGAIN) return 'nothing';
    if (number === errno.EINTR) return undefined;
    throw callError('recv', number);
  }

  #set(level: number, name: number, value: number): boolean {
    return this.#libc.setsockopt(this.#descriptor, level, name, hostU32(value), 4) === 0;
  }

  #check(call: string, result: number): void {
    if (result < 0) throw callError(call, this.#libc.errno());
  }
}

function callError(call: string, number: number): NodeNetfilterError {
  const isDenied = number === errno.EPERM || number === errno.EACCES;
  return isDenied
    ? new NodeNetfilterError('PERMISSION', `${call} of a netlink socket is denied (${errnoName(number)})`, {
        errno: number,
        cure: 'give the process CAP_NET_ADMIN',
      })
    : new NodeNetfilterError('REFUSED', `${call} of a netlink socket failed (${errnoName(number)})`, { errno: number });
}

function netlinkAddress(groupMask: number): Uint8Array {
  const words = new Uint32Array([0, 0, groupMask]);
  new Uint16Array(words.buffer)[0] = AF_NETLINK;
  return new Uint8Array(words.buffer);
}

const hostU32 = (value: number): Uint8Array => new Uint8Array(new Uint32Array([value]).buffer);

const readU32 = (bytes: Uint8Array, offset: number): number =>
  new Uint32Array(bytes.buffer, bytes.byteOffset + offset, 1)[0] as number;
