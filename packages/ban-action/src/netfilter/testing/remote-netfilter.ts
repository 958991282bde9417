import type { Capabilities, Counted } from '@sluice/node-netfilter';
import type { Ban, BanEvent } from '@sluice/pipeline';
import type { NetworkNamespace } from '../../../../../tools/testing/network-namespace.ts';
import { RemoteProcess } from '../../../../../tools/testing/remote-process.ts';
import type { BanOutcome } from '../../ban-backend.ts';
import type { BlockedNetwork } from '../../networks/network-driver.ts';
import type { NetfilterAnswers, PlainOptions } from './netfilter-worker.ts';

const worker = new URL('netfilter-worker.ts', import.meta.url);

/** A netfilter backend in a process of its own within a network namespace, where its netlink sockets belong. */
export class RemoteNetfilter {
  readonly capabilities: Capabilities;
  readonly #process: RemoteProcess<NetfilterAnswers>;
  #isStopped = false;

  private constructor(process: RemoteProcess<NetfilterAnswers>, capabilities: Capabilities) {
    this.#process = process;
    this.capabilities = capabilities;
  }

  /** Starts it; rejects with the code of the error when it does not start. */
  static async open(wrapper: readonly string[], options: PlainOptions = {}): Promise<RemoteNetfilter> {
    const process = await RemoteProcess.start<NetfilterAnswers>(worker, wrapper);
    try {
      return new RemoteNetfilter(process, (await process.call('start', options)) as Capabilities);
    } catch (error) {
      await process.kill();
      throw error;
    }
  }

  static in(namespace: NetworkNamespace, options?: PlainOptions): Promise<RemoteNetfilter> {
    return RemoteNetfilter.open(namespace.command(), options);
  }

  start(): Promise<void> {
    return this.#process.call('again');
  }

  apply(events: readonly BanEvent[]): Promise<readonly BanOutcome[]> {
    return this.#process.call('apply', events);
  }

  reconcile(bans: readonly Ban[]): Promise<readonly BanOutcome[]> {
    return this.#process.call('reconcile', bans);
  }

  flush(): Promise<void> {
    return this.#process.call('flush');
  }

  list(): Promise<readonly BlockedNetwork[]> {
    return this.#process.call('list');
  }

  counters(): Promise<Counted> {
    return this.#process.call('counters');
  }

  states(): Promise<readonly string[]> {
    return this.#process.call('states');
  }

  expired(): Promise<readonly string[]> {
    return this.#process.call('expired');
  }

  /** Stops it, and ends its process. Twice is once. */
  async stop(): Promise<void> {
    if (this.#isStopped) return;
    this.#isStopped = true;
    if (this.#process.isAlive) await this.#process.call('stop');
    await this.#process.kill();
  }

  /** Ends its process as `kill -9` does. */
  kill(): Promise<void> {
    return this.#process.kill();
  }
}
