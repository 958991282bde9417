import { setImmediate as turn } from 'node:timers/promises';
import { Serial } from '@sluice/pipeline';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import { endsDump } from './ends-dump.ts';
import type { Exchange, ExchangeOptions, NetlinkSocket } from './netlink-socket.ts';
import type { SocketHandle } from './socket-handle.ts';

/** Answers after which the event loop gets its turn. */
const answersInTurn = 256;

/** A netlink socket of this process. */
export class KoffiSocket implements NetlinkSocket {
  readonly portId: number;
  readonly maxRequestBytes: number;
  readonly #handle: SocketHandle;
  readonly #serial = new Serial();
  #closed: Promise<void> | undefined;

  constructor(handle: SocketHandle) {
    this.#handle = handle;
    this.portId = handle.portId;
    this.maxRequestBytes = handle.maxRequestBytes;
  }

  async exchange(request: Uint8Array, options: ExchangeOptions = {}): Promise<Exchange> {
    if (this.#closed !== undefined) throw new NodeNetfilterError('CLOSED', 'the netlink socket was closed');
    return this.#serial.run(() => this.#exchange(request, options));
  }

  close(): Promise<void> {
    this.#closed ??= this.#serial.run(() => this.#handle.close());
    return this.#closed;
  }

  async #exchange(request: Uint8Array, { until = 'drained', isQuick = false }: ExchangeOptions): Promise<Exchange> {
    const number = isQuick ? this.#handle.send(request) : await this.#handle.sendLater(request);
    return number === 0 ? this.#answers(until) : { errno: number, datagrams: [], overrun: false };
  }

  async #answers(until: 'drained' | 'dump'): Promise<Exchange> {
    const datagrams: Uint8Array[] = [];
    let overrun = false;
    for (;;) {
      const received = until === 'dump' ? await this.#handle.receiveLater() : this.#handle.receive();
      if (received === 'lost') {
        overrun = true;
      } else if (received === 'nothing') {
        // A dump that stops without an end has lost it: the kernel makes the next page when one is taken.
        return { errno: 0, datagrams, overrun: overrun || until === 'dump' };
      } else {
        datagrams.push(received);
        if (until === 'dump' && endsDump(received)) return { errno: 0, datagrams, overrun };
        if (until === 'drained' && datagrams.length % answersInTurn === 0) await turn();
      }
    }
  }
}
