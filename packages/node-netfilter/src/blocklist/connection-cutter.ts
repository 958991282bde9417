import type { Metrics, RejectSink } from '@sluice/pipeline';
import type { CutReport } from '../cut/cut-connections.ts';
import type { CutNetwork } from '../cut/cut-network.ts';
import { nodeNetfilterMetrics } from '../metrics.ts';
import { asNetfilterError } from './fault-kind.ts';
import type { Settings } from './settings.ts';

/** Cuts connections: `cutConnections`. */
export type Cut = (networks: readonly CutNetwork[]) => Promise<CutReport>;

/** Cuts the connections of those that were blocked, all that came meanwhile together. */
export class ConnectionCutter {
  readonly #cut: Cut;
  readonly #metrics: Metrics | undefined;
  readonly #rejects: RejectSink | undefined;
  #waiting: CutNetwork[] = [];
  #running: Promise<void> | undefined;

  constructor(cut: Cut, { metrics, rejects }: Pick<Settings, 'metrics' | 'rejects'>) {
    this.#cut = cut;
    this.#metrics = metrics;
    this.#rejects = rejects;
  }

  cut(networks: Iterable<CutNetwork>): void {
    for (const network of networks) this.#waiting.push(network);
    if (this.#waiting.length > 0) this.#running ??= this.#run();
  }

  /** When nothing is left to be cut. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const networks = this.#waiting;
      this.#waiting = [];
      try {
        const { cut, faults } = await this.#cut(networks);
        if (cut > 0) this.#metrics?.add(nodeNetfilterMetrics.cutConnections, cut);
        for (const fault of faults) this.#reject(fault);
      } catch (error) {
        this.#reject(error);
      }
    }
    this.#running = undefined;
  }

  #reject(reason: unknown): void {
    const { code, message, value } = asNetfilterError(reason);
    this.#rejects?.next({ component: 'node-netfilter', code, reason: `connections were not cut: ${message}`, value });
  }
}
