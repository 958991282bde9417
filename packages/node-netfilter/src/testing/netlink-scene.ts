import { NetworkNamespace } from '../../../../tools/testing/network-namespace.ts';
import type { Netfilter } from '../netfilter/netfilter.ts';
import { openNetfilter } from '../netfilter/open-netfilter.ts';
import type { Command } from '../ruleset/command.ts';
import type { SetRef } from '../ruleset/set.ts';
import type { SetElement } from '../ruleset/set-element.ts';
import type { KoffiSocketsOptions } from '../socket/koffi-sockets.ts';
import { RemoteSockets } from './remote-sockets.ts';

/** A network namespace, netlink sockets in it, and what tests put there. */
export class NetlinkScene {
  readonly table = { family: 'inet', table: 't' } as const;
  readonly set: SetRef = { ...this.table, set: 's', key: ['ipv4_addr'], flags: ['timeout'] };
  /** Makes the table and the set. */
  readonly made: readonly Command[] = [
    { kind: 'add-table', table: this.table },
    { kind: 'add-set', set: this.set },
  ];
  readonly namespace: NetworkNamespace;
  readonly sockets: RemoteSockets;
  readonly netfilter: Netfilter;

  private constructor(namespace: NetworkNamespace, sockets: RemoteSockets, netfilter: Netfilter) {
    this.namespace = namespace;
    this.sockets = sockets;
    this.netfilter = netfilter;
  }

  /** @param options as of `koffiSockets` */
  static async open(options: Omit<KoffiSocketsOptions, 'load'> = {}): Promise<NetlinkScene> {
    const namespace = await NetworkNamespace.open();
    const sockets = await RemoteSockets.open(namespace, options);
    return new NetlinkScene(namespace, sockets, await openNetfilter({ sockets }));
  }

  /** Adds elements of these numbers to a set. */
  add(numbers: readonly number[], set: SetRef = this.set): Command {
    return { kind: 'add-elements', set, elements: numbers.map(elementOf) };
  }

  /** Leaves an empty ruleset. */
  empty(): void {
    this.namespace.run('nft', 'flush', 'ruleset');
  }

  async close(): Promise<void> {
    await this.netfilter.close();
    await this.sockets.close();
    await this.namespace.close();
  }
}

/** One of 16 million elements. */
export const elementOf = (number: number): SetElement => ({
  key: `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`,
});

/** The numbers from 0 on. */
export const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, number) => number);
