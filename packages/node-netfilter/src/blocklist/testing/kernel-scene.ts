import { NetworkNamespace } from '../../../../../tools/testing/network-namespace.ts';
import { RemoteSockets } from '../../testing/remote-sockets.ts';
import type { Blocklist } from '../blocklist.ts';
import { type OpenBlocklistOptions, openBlocklist } from '../open-blocklist.ts';

/** A kernel of its own for block lists of this process. */
export class KernelScene {
  readonly namespace: NetworkNamespace;
  readonly #opened: Blocklist[] = [];
  #sockets: RemoteSockets;

  private constructor(namespace: NetworkNamespace, sockets: RemoteSockets) {
    this.namespace = namespace;
    this.#sockets = sockets;
  }

  static async open(): Promise<KernelScene> {
    const namespace = await NetworkNamespace.open();
    return new KernelScene(namespace, await RemoteSockets.open(namespace));
  }

  get sockets(): RemoteSockets {
    return this.#sockets;
  }

  /** Opens a block list over netlink, or with a `command` of nft in the namespace through that. */
  async blocklist(options: OpenBlocklistOptions = {}): Promise<Blocklist> {
    const isNft = options.transport === 'nft';
    const way = isNft ? { command: this.namespace.command('nft') } : { sockets: this.#sockets };
    // Never `auto`: it might take nft, in this process's own namespace.
    const list = await openBlocklist({ ...way, transport: 'netlink', ...options });
    this.#opened.push(list);
    return list;
  }

  /** Runs nft as somebody else does. */
  nft(text: string): string {
    return this.namespace.run('nft', text);
  }

  /** The sockets of a new process, as after a restart. */
  async restart(): Promise<void> {
    await this.#sockets.kill();
    this.#sockets = await RemoteSockets.open(this.namespace);
  }

  /** Leaves the kernel as it was at first. */
  async clear(): Promise<void> {
    for (const list of this.#opened.splice(0)) await list.close({ onStop: 'keep' }).catch(() => {});
    this.namespace.run('nft', 'flush', 'ruleset');
  }

  async close(): Promise<void> {
    await this.clear();
    await this.#sockets.close();
    await this.namespace.close();
  }
}

/** Networks that the kernel blocks, as texts: `198.51.100.0/24`, `203.0.113.7/32 tcp 22`. */
export async function blocked(list: Blocklist): Promise<readonly string[]> {
  const networks = await list.list();
  return networks
    .map(
      ({ address, prefix, port }) =>
        `${address}/${prefix}${port === undefined ? '' : ` ${port.protocol} ${port.port}`}`,
    )
    .sort();
}

/** What a kernel's block list is once it is as expected; fails with what it is when it never is. */
export async function eventually<T>(read: () => Promise<T>, expected: T): Promise<void> {
  const endMs = performance.now() + 20_000;
  for (;;) {
    const found = await read();
    if (JSON.stringify(found) === JSON.stringify(expected)) return;
    if (performance.now() > endMs) throw new Error(`never came true: ${JSON.stringify(found)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
