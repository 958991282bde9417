import { killChildren } from '../../../../../tools/testing/child.ts';
import type { HeldFlow } from '../../../../../tools/testing/linked/held-flow.ts';
import { LinkedNamespaces } from '../../../../../tools/testing/linked-namespaces.ts';
import type { NamespaceOwner } from '../../../../../tools/testing/network-namespace.ts';
import { RemoteProcess } from '../../../../../tools/testing/remote-process.ts';
import { until } from '../../../../../tools/testing/until.ts';
import type { BlocklistOptions } from '../../index.ts';
import type { FirewallWorker } from './firewall-worker.ts';

const worker = new URL('./firewall-worker.ts', import.meta.url);

/** A silence need not be waited for longer. */
const brief = { limitMs: 500 };

/** A server with a firewall of ours, and a client, on a kernel's network of their own. */
export class E2eScene {
  readonly net: LinkedNamespaces;
  readonly #flows: HeldFlow[] = [];
  #firewall: RemoteProcess<FirewallWorker>;

  private constructor(net: LinkedNamespaces, firewall: RemoteProcess<FirewallWorker>) {
    this.net = net;
    this.#firewall = firewall;
  }

  /** @param wrapper command that the firewall's process is started with */
  static async open(owner: NamespaceOwner, wrapper: readonly string[] = []): Promise<E2eScene> {
    const net = await LinkedNamespaces.open(owner);
    return new E2eScene(net, await RemoteProcess.start(worker, net.server.command(...wrapper)));
  }

  /** The process that has the firewall. */
  get firewall(): RemoteProcess<FirewallWorker> {
    return this.#firewall;
  }

  /** Opens the block list. */
  async block(options: BlocklistOptions, ...networks: readonly string[]): Promise<void> {
    await this.#firewall.call('open', options);
    await this.ban(...networks);
  }

  /** All must succeed. */
  async ban(...networks: readonly string[]): Promise<void> {
    const outcomes = await this.#firewall.call(
      'apply',
      networks.map((network) => ({ kind: 'block', network })),
    );
    expect(outcomes).toEqual(networks.map(() => ({ ok: true })));
  }

  /** What a client gets who is to be met by silence. */
  blocked(from: string, port?: number): Promise<string> {
    return this.net.ask(from, port === undefined ? brief : { port, ...brief });
  }

  /** What a client gets who is to get this. */
  denied(from: string, expected: string): Promise<string> {
    // The first refusal over a cable without any delay comes while the client's connect() has its socket locked, and is lost.
    return expected === 'silence' ? this.blocked(from) : this.net.ask(from);
  }

  /** A connection that goes on, until the test is over. */
  async hold(from: string): Promise<HeldFlow> {
    const flow = await this.net.hold(from);
    this.#flows.push(flow);
    return flow;
  }

  nft(statements: string): string {
    return this.net.server.run('nft', statements);
  }

  /** A further process like the firewall's. */
  another(wrapper: readonly string[] = []): Promise<RemoteProcess<FirewallWorker>> {
    return RemoteProcess.start(worker, this.net.server.command(...wrapper));
  }

  /** Ends the firewall's process as a crash does. */
  async crash(): Promise<void> {
    await this.#firewall.kill();
  }

  /** A new process instead of the one that crashed. */
  async restart(): Promise<void> {
    this.#firewall = await this.another();
  }

  /** Waits until the block list has put itself back. */
  async repaired(): Promise<void> {
    let states: readonly string[] = [];
    const asking = setInterval(async () => {
      states = await this.#firewall.call('states');
    }, 10);
    try {
      await until(
        () => states.includes('repairing') && states.at(-1) === 'ok',
        () => states,
      );
    } finally {
      clearInterval(asking);
    }
  }

  /** Leaves everything as it was in the beginning. */
  async clear(): Promise<void> {
    for (const flow of this.#flows.splice(0)) await flow.release();
    if (!this.#firewall.isAlive) await this.restart();
    await this.#firewall.call('close', 'delete');
    this.nft('flush ruleset');
  }

  async close(): Promise<void> {
    await killChildren();
    await this.net.close();
  }
}
