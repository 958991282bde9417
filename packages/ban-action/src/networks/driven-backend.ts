import { type Ban, type BanEvent, Serial } from '@sluice/pipeline';
import { EndTimer } from '@sluice/pipeline/node';
import { defer, type Observable, Subject } from 'rxjs';
import type { BanOutcome } from '../ban-backend.ts';
import { CommitWork } from './commit-work.ts';
import type { NetworkBackend } from './network-backend.ts';
import type { ResolvedBackendOptions } from './network-backend-options.ts';
import type { BlockedNetwork, NetworkDriver } from './network-driver.ts';

/** What `networkBackend` returns, to be extended by what a driver can do besides. */
export class DrivenBackend implements NetworkBackend {
  readonly name: string;
  readonly expired: Observable<BlockedNetwork> = defer(() => this.#expired);
  readonly #driver: NetworkDriver;
  readonly #options: ResolvedBackendOptions;
  readonly #serial = new Serial();
  readonly #work: CommitWork;
  readonly #timer: EndTimer;
  #expired = new Subject<BlockedNetwork>();
  #isStopped = false;

  constructor(driver: NetworkDriver, options: ResolvedBackendOptions) {
    this.name = driver.name;
    this.#driver = driver;
    this.#options = options;
    this.#work = new CommitWork(driver, options, (network) => this.#expired.next(network));
    this.#timer = new EndTimer(options.clock, () => void this.#do(() => this.#work.endThoseOver()));
  }

  start(signal?: AbortSignal): Promise<void> {
    return this.#do(async () => {
      if (this.#isStopped) this.#expired = new Subject();
      this.#isStopped = false;
      await this.#driver.start(signal);
      await this.#work.adopt(signal);
      await this.#work.commitHeld(signal);
    });
  }

  apply(events: readonly BanEvent[], signal?: AbortSignal): Promise<readonly BanOutcome[]> {
    return this.#do(() => this.#work.apply(events, signal));
  }

  reconcile(bans: readonly Ban[], signal?: AbortSignal): Promise<readonly BanOutcome[]> {
    return this.#do(() => this.#work.reconcile(bans, signal));
  }

  async flush(signal?: AbortSignal): Promise<void> {
    await this.reconcile([], signal);
  }

  stop(): Promise<void> {
    return this.#do(async () => {
      this.#isStopped = true;
      this.#expired.complete();
      await this.#driver.stop();
    });
  }

  list(signal?: AbortSignal): Promise<readonly BlockedNetwork[]> {
    return this.#do(() => this.#driver.list(signal));
  }

  startCommands(): readonly string[] {
    return this.#driver.startCommands();
  }

  commands(event: BanEvent): readonly string[] {
    return this.#driver.commands(this.#work.foresee(event));
  }

  rehearse(write: (command: string) => void): NetworkBackend {
    return new DrivenBackend(this.#driver.rehearse(write), this.#options);
  }

  /** Does one thing at a time, and looks after the next end when it is done. */
  #do<T>(work: () => Promise<T>): Promise<T> {
    return this.#serial.run(async () => {
      try {
        return await work();
      } finally {
        if (this.#isStopped) this.#timer.disarm();
        else this.#timer.arm(this.#work.nextEndMs);
      }
    });
  }
}
