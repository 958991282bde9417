import { type BanEvent, Serial } from '@sluice/pipeline';
import { BanActionError } from './ban-action-error.ts';
import type { BanBackend, BanOutcome } from './ban-backend.ts';
import type { FanOutBranch } from './fan-out-branch.ts';
import { mustCount } from './options.ts';
import { backendFault, failedOutcome } from './outcome.ts';

const maxTimerMs = 2_147_483_647;

/** A branch of a fan-out at work: one thing after the other, and nobody waits for it for ever who need not. */
export class RunningBranch {
  readonly backend: BanBackend;
  readonly required: boolean;
  readonly #maxWaitMs: number;
  readonly #maxLate: number;
  readonly #serial = new Serial();
  #abort = new AbortController();
  #jobs = 0;
  #events = 0;
  #isLate = false;
  #fault: BanActionError | undefined;

  /** @throws BanActionError `ERR_BAN_ACTION_OPTION` */
  constructor({ backend, required = true, maxWaitMs = 5000, maxLate = 100_000 }: FanOutBranch) {
    mustCount('maxWaitMs', maxWaitMs, 1, maxTimerMs);
    mustCount('maxLate', maxLate, 1);
    this.backend = backend;
    this.required = required;
    this.#maxWaitMs = maxWaitMs;
    this.#maxLate = maxLate;
  }

  /** Why it takes part in nothing; undefined when it does. */
  get fault(): BanActionError | undefined {
    return this.#fault;
  }

  /** Starts it; {@link fault} tells whether that went well. */
  async start(signal?: AbortSignal): Promise<void> {
    this.#abort = new AbortController();
    this.#fault = undefined;
    const starting = this.#inTurn(0, signal, (stop) => this.backend.start(stop)).catch((cause: unknown) => {
      this.#fault = backendFault(this.backend.name, cause);
    });
    await this.#inTime(starting);
  }

  /** What became of each event, or that it is late. */
  async outcomes(
    events: readonly BanEvent[],
    work: (backend: BanBackend, signal: AbortSignal) => Promise<readonly BanOutcome[]>,
    signal?: AbortSignal,
  ): Promise<readonly BanOutcome[]> {
    const { name } = this.backend;
    const fail = (error: BanActionError): BanOutcome[] => events.map((event) => failedOutcome(name, event, error));
    if (this.#fault !== undefined) return fail(this.#fault);
    if (this.#isLate && this.#events + events.length > this.#maxLate) {
      const fault = `${name} is late, and more than ${this.#maxLate} events wait for it (maxLate)`;
      return fail(new BanActionError('ERR_BAN_ACTION_OVERFLOW', fault, { limit: this.#maxLate }));
    }
    const done = this.#inTurn(events.length, signal, async (stop) => {
      if (this.#fault !== undefined) return fail(this.#fault);
      return work(this.backend, stop);
    }).catch((cause: unknown) => fail(backendFault(name, cause)));
    return (await this.#inTime(done)) ?? fail(this.#lateFault());
  }

  /** @throws BanActionError */
  async flush(signal?: AbortSignal): Promise<void> {
    if (this.#fault === undefined) await this.#inTime(this.#inTurn(0, signal, (stop) => this.backend.flush(stop)));
  }

  /** Stops it, when what it has before it is done; where it is late, what it does is ended first. @throws BanActionError */
  async stop(): Promise<void> {
    if (this.#fault !== undefined) return;
    const stopped = this.#inTurn(0, undefined, async () => {
      // It may have failed to start only now.
      if (this.#fault === undefined) await this.backend.stop();
      return true;
    });
    if ((await this.#inTime(stopped)) || (await this.#endAndWait(stopped))) return;
    throw this.#lateFault();
  }

  async #endAndWait(stopped: Promise<boolean>): Promise<boolean> {
    this.#abort.abort();
    this.#isLate = false;
    return (await this.#inTime(stopped)) ?? false;
  }

  #lateFault(): BanActionError {
    const fault = `${this.backend.name} takes longer than ${this.#maxWaitMs} ms (maxWaitMs): the others go on without it`;
    return new BanActionError('ERR_BAN_ACTION_TIMEOUT', fault, { limit: this.#maxWaitMs });
  }

  #inTurn<T>(events: number, signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const abort = this.#abort;
    const end = (): void => abort.abort();
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted) end();
    this.#jobs += 1;
    this.#events += events;
    return this.#serial.run(async () => {
      try {
        return await work(abort.signal);
      } finally {
        signal?.removeEventListener('abort', end);
        this.#jobs -= 1;
        this.#events -= events;
        if (this.#jobs === 0) this.#isLate = false;
      }
    });
  }

  /** What comes of work; undefined when nobody waits for it any longer. */
  async #inTime<T>(work: Promise<T>): Promise<T | undefined> {
    if (this.required) return work;
    if (this.#isLate) {
      work.catch(() => {});
      return undefined;
    }
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => {
        this.#isLate = true;
        resolve(undefined);
      }, this.#maxWaitMs);
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
