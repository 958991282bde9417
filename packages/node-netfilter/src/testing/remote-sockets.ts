import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { type Deferred, deferred } from '@sluice/pipeline';
import { bundledModule } from '../../../../tools/testing/bundled-module.ts';
import { spawnChild } from '../../../../tools/testing/child.ts';
import type { NetworkNamespace } from '../../../../tools/testing/network-namespace.ts';
import { NodeNetfilterError, type NodeNetfilterErrorCode } from '../node-netfilter-error.ts';
import type { KoffiSocketsOptions } from '../socket/koffi-sockets.ts';
import type { Exchange, NetlinkListener, NetlinkSocket, NetlinkSockets } from '../socket/netlink-socket.ts';
import type { RemoteAnswer, RemoteRequest } from './remote-message.ts';

type Asked<R> = R extends unknown ? Omit<R, 'id'> : never;

/**
 * Netlink sockets in another network namespace: a process in there has the real ones, and the bytes go to and fro.
 * Everything else runs in the test's own process.
 */
export class RemoteSockets implements NetlinkSockets {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Deferred<RemoteAnswer>>();
  #lastId = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (answer: RemoteAnswer) => this.#settle(answer));
    child.once('exit', () => {
      for (const id of this.#waiting.keys()) this.#settle(gone(id));
    });
  }

  /** @param options as of `koffiSockets` */
  static async open(
    namespace: NetworkNamespace,
    options: Omit<KoffiSocketsOptions, 'load'> = {},
  ): Promise<RemoteSockets> {
    const child = spawnChild(
      await bundledModule(new URL('./remote-sockets-child.ts', import.meta.url)),
      [JSON.stringify(options)],
      {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        serialization: 'advanced',
        // See dropCapabilities.
        env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
      },
      namespace.command(),
    );
    await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new Error('the process in the namespace does not start'))),
    ]);
    return new RemoteSockets(child);
  }

  get pid(): number {
    return this.#child.pid as number;
  }

  async open(protocol: number): Promise<NetlinkSocket> {
    const { id, result } = await this.#ask({ kind: 'open', protocol });
    const { portId, maxRequestBytes } = result as Pick<NetlinkSocket, 'portId' | 'maxRequestBytes'>;
    return {
      portId,
      maxRequestBytes,
      exchange: async (request, { until = 'drained', isQuick = false } = {}) =>
        (await this.#ask({ kind: 'exchange', socket: id, request, until, isQuick })).result as Exchange,
      close: () => this.#close(id),
    };
  }

  async listen(protocol: number, groupMask: number): Promise<NetlinkListener> {
    const { id } = await this.#ask({ kind: 'listen', protocol, groupMask });
    return {
      receive: async () => (await this.#ask({ kind: 'receive', socket: id })).result as Omit<Exchange, 'errno'>,
      close: () => this.#close(id),
    };
  }

  /** The process loses its capabilities, as one that is stripped of them while it runs. */
  async dropCapabilities(): Promise<void> {
    await this.#ask({ kind: 'drop-capabilities' });
  }

  /** Sockets that the process has open, of which one is how it speaks to us. */
  async descriptors(): Promise<number> {
    return (await this.#ask({ kind: 'descriptors' })).result as number;
  }

  /** Ends the process at once, with all its sockets, as a crash does. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }

  close(): Promise<void> {
    return this.kill();
  }

  async #close(socket: number): Promise<void> {
    // Of a process that is gone the kernel has closed everything.
    await this.#ask({ kind: 'close', socket }).catch(() => {});
  }

  async #ask(request: Asked<RemoteRequest>): Promise<RemoteAnswer> {
    const id = ++this.#lastId;
    const answer = deferred<RemoteAnswer>();
    this.#waiting.set(id, answer);
    if (this.#child.connected) this.#child.send({ id, ...request }, () => {});
    else this.#settle(gone(id));
    const { error, ...answered } = await answer.promise;
    if (error !== undefined) throw errorOf(error);
    return answered;
  }

  #settle(answer: RemoteAnswer): void {
    this.#waiting.get(answer.id)?.resolve(answer);
    this.#waiting.delete(answer.id);
  }
}

const prefix = 'ERR_NODE_NETFILTER_';

const gone = (id: number): RemoteAnswer => ({
  id,
  error: { code: `${prefix}UNAVAILABLE`, message: 'the process in the namespace is gone', errno: undefined },
});

function errorOf({ code, message, errno }: NonNullable<RemoteAnswer['error']>): Error {
  if (!code.startsWith(prefix)) return new Error(message);
  return new NodeNetfilterError(code.slice(prefix.length) as NodeNetfilterErrorCode, message, { errno });
}
