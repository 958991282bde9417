import { NetworkNamespace } from '../../../../../tools/testing/network-namespace.ts';
import type { Command } from '../../ruleset/command.ts';
import type { SetRef } from '../../ruleset/set.ts';
import type { SetElement } from '../../ruleset/set-element.ts';
import type { NetlinkSocket } from '../../socket/netlink-socket.ts';
import { RemoteSockets } from '../../testing/remote-sockets.ts';
import {
  type Ack,
  type BatchOptions,
  type BatchPlace,
  type DumpQuery,
  decodeAck,
  decodeObject,
  ElementReader,
  encodeBatch,
  encodeDump,
  type NetlinkMessage,
  type RulesetObject,
  readMessages,
} from '../index.ts';

const netfilterProtocol = 12;

/** What the kernel said of a batch. */
export interface Refused {
  readonly errno: number;
  readonly place: BatchPlace | undefined;
}

/** The kernel of a namespace of its own, which takes and gives bytes. */
export class Kernel {
  readonly namespace: NetworkNamespace;
  readonly #sockets: RemoteSockets;
  readonly #socket: NetlinkSocket;

  private constructor(namespace: NetworkNamespace, sockets: RemoteSockets, socket: NetlinkSocket) {
    this.namespace = namespace;
    this.#sockets = sockets;
    this.#socket = socket;
  }

  static async open(): Promise<Kernel> {
    const namespace = await NetworkNamespace.open();
    const sockets = await RemoteSockets.open(namespace);
    return new Kernel(namespace, sockets, await sockets.open(netfilterProtocol));
  }

  /** Sends a batch; what was refused of it, so nothing when it is in effect. */
  async commit(commands: readonly Command[], options: Partial<BatchOptions> = {}): Promise<Refused[]> {
    const batch = encodeBatch(commands, { firstSeq: 7, destroyElements: true, ...options });
    const acks: Ack[] = (await this.ask(batch.bytes)).flatMap((message) => decodeAck(message) ?? []);
    if (!acks.some(({ seq, errno }) => seq === batch.ackSeq || errno !== 0))
      throw new Error('the kernel did not answer');
    return acks.flatMap(({ seq, errno, offset }) => (errno === 0 ? [] : [{ errno, place: batch.locate(seq, offset) }]));
  }

  async ask(request: Uint8Array, until: 'drained' | 'dump' = 'drained'): Promise<NetlinkMessage[]> {
    const { datagrams } = await this.#socket.exchange(request, { until });
    return datagrams.flatMap((datagram) => [...readMessages(datagram)]);
  }

  async dump(query: DumpQuery): Promise<RulesetObject[]> {
    const messages = await this.ask(encodeDump(query, 1), 'dump');
    return messages.flatMap((message) => decodeObject(message) ?? []);
  }

  async elements(set: SetRef): Promise<readonly SetElement[]> {
    const reader = new ElementReader(set);
    for (const object of await this.dump({ kind: 'elements', set }))
      if (object.kind === 'elements') reader.read(object.list);
    return reader.finish();
  }

  /** What nft says of the ruleset, without what changes in time. */
  list(): string {
    return this.namespace.run('nft', '--stateless', 'list ruleset');
  }

  async close(): Promise<void> {
    await this.#sockets.close();
    await this.namespace.close();
  }
}
