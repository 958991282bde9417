import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { Exchange, NetlinkListener } from './netlink-socket.ts';
import type { SocketHandle } from './socket-handle.ts';

/** Datagrams of one look; the rest is left to the next. */
const datagramsInLook = 256;

/** A netlink socket of this process that is told what happens. */
export class KoffiListener implements NetlinkListener {
  readonly #handle: SocketHandle;
  #closed: Promise<void> | undefined;

  constructor(handle: SocketHandle) {
    this.#handle = handle;
  }

  async receive(): Promise<Omit<Exchange, 'errno'>> {
    if (this.#closed !== undefined) throw new NodeNetfilterError('CLOSED', 'the netlink socket was closed');
    const datagrams: Uint8Array[] = [];
    let overrun = false;
    while (datagrams.length < datagramsInLook) {
      const received = this.#handle.receive();
      if (received === 'nothing') break;
      if (received === 'lost') overrun = true;
      else datagrams.push(received);
    }
    return { datagrams, overrun };
  }

  close(): Promise<void> {
    this.#closed ??= this.#handle.close();
    return this.#closed;
  }
}
