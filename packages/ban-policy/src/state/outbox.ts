import { type BanEvent, type Deferred, deferred } from '@sluice/pipeline';
import type { Reporter } from '../reporter.ts';
import type { BanStore } from './ban-store.ts';

export interface OutboxOptions {
  readonly store: Pick<BanStore, 'flush'> | undefined;
  readonly reporter: Reporter;
  readonly emit: (event: BanEvent) => void;
}

interface Batch {
  readonly events: BanEvent[];
  readonly out: Deferred<void>;
}

/**
 * Decisions on their way out, in their order. With a store each waits until it is durable: what is decided in one go
 * shares one flush, and what is decided meanwhile the next. A flush that fails is reported and its decisions go out all the
 * same: a ban that a crash forgets is better than none.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  #waiting: Batch | undefined;
  #underway: Batch | undefined;
  #size = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Decisions that are not out yet. */
  get size(): number {
    return this.#size;
  }

  /** Resolves when all that was decided until now is out; undefined when it is. */
  get settled(): Promise<void> | undefined {
    return (this.#waiting ?? this.#underway)?.out.promise;
  }

  push(event: BanEvent): void {
    const { store, emit } = this.#options;
    if (store === undefined) {
      emit(event);
      return;
    }
    this.#size += 1;
    const isIdle = this.settled === undefined;
    this.#waiting ??= { events: [], out: deferred() };
    this.#waiting.events.push(event);
    if (isIdle) void this.#pump(store);
  }

  /** Emits at once what is durable already, unless it has to keep behind others. */
  pushDurable(event: BanEvent): void {
    if (this.settled === undefined) this.#options.emit(event);
    else this.push(event);
  }

  async #pump(store: Pick<BanStore, 'flush'>): Promise<void> {
    // The flush begins when whoever decides is done with the items at hand.
    await Promise.resolve();
    for (let batch = this.#waiting; batch !== undefined; batch = this.#waiting) {
      this.#waiting = undefined;
      this.#underway = batch;
      await this.#flush(store);
      for (const event of batch.events) this.#emit(event);
      this.#underway = undefined;
      batch.out.resolve();
    }
  }

  async #flush(store: Pick<BanStore, 'flush'>): Promise<void> {
    try {
      await store.flush();
    } catch (error) {
      const reason = `decisions could not be made durable and are acted on all the same: ${error}`;
      this.#options.reporter.reject('ERR_BAN_POLICY_STORE', reason, error);
    }
  }

  #emit(event: BanEvent): void {
    this.#size -= 1;
    try {
      this.#options.emit(event);
    } catch (error) {
      // As RxJS does with what a listener throws: the others are told all the same.
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}
