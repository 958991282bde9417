import { type Deferred, deferred } from '@sluice/pipeline';
import type { Subscription } from 'rxjs';
import type { NftSetup } from './nft-setup.ts';
import { rulesetMonitor } from './ruleset-monitor.ts';

/** How long a commit of our own is waited for: one that changes nothing is never told of. */
const ownMs = 50;

/**
 * Counts commits, of whomever, by listening to `nft monitor`: nft has no way to ask for the number of the generation.
 * It begins when it is first asked for.
 */
export class GenerationWatch {
  readonly #setup: NftSetup;
  #count = 1;
  #subscription: Subscription | undefined;
  #ready: Deferred<unknown> | undefined;
  #waiting: (() => void)[] = [];

  constructor(setup: NftSetup) {
    this.#setup = setup;
  }

  /** @throws NodeNetfilterError why nft cannot monitor */
  async count(): Promise<number> {
    this.#start();
    const fault = await this.#ready?.promise;
    if (fault !== undefined) throw fault;
    return this.#count;
  }

  /** Does something that changes the ruleset, and waits until that is counted. Where nobody counts it just does it. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.#subscription === undefined) return work();
    const before = this.#count;
    const result = await work();
    if (this.#count === before) await this.#next();
    return result;
  }

  close(): void {
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
  }

  #start(): void {
    if (this.#subscription !== undefined) return;
    const ready = deferred<unknown>();
    this.#ready = ready;
    this.#subscription = rulesetMonitor(this.#setup, {
      isBackground: true,
      onReady: () => ready.resolve(undefined),
    }).subscribe({
      next: ({ kind }) => {
        if (kind !== 'generation' && kind !== 'overrun') return;
        this.#count += 1;
        for (const wake of this.#waiting.splice(0)) wake();
      },
      error: (fault: unknown) => {
        this.#subscription = undefined;
        this.#count += 1;
        ready.resolve(fault);
      },
    });
  }

  #next(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ownMs);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
