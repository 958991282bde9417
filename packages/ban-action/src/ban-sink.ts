import type { BanEvent } from '@sluice/pipeline';
import { type Observer, Subscription } from 'rxjs';
import { BanActionError } from './ban-action-error.ts';
import type { BanBackend, BanOutcome } from './ban-backend.ts';
import { Batches } from './batches.ts';
import { banActionMetrics as metric } from './metrics.ts';
import type { ResolvedApplyOptions } from './options.ts';
import { backendFault, failedOutcome } from './outcome.ts';

/** How the source ended. */
interface Ending {
  readonly error?: unknown;
}

/** What `applyBans` keeps for one subscription: the events that wait, and the one piece of work under way. */
export class BanSink {
  /** The subscription to the source. */
  readonly reading: Subscription = new Subscription();
  readonly #backend: BanBackend;
  readonly #options: ResolvedApplyOptions;
  readonly #observer: Observer<BanOutcome>;
  readonly #abort = new AbortController();
  readonly #waiting: Batches<BanEvent>;
  #ending: Ending | undefined;
  /** True from the start on, while anything is under way, and for ever after the stop. */
  #busy = true;

  constructor(backend: BanBackend, options: ResolvedApplyOptions, observer: Observer<BanOutcome>) {
    this.#backend = backend;
    this.#options = options;
    this.#observer = observer;
    this.#waiting = new Batches(options.maxBatch);
  }

  start(): void {
    this.#backend.start(this.#abort.signal).then(
      () => this.#restore(),
      (reason: unknown) => {
        this.reading.unsubscribe();
        if (!this.#abort.signal.aborted) this.#observer.error(backendFault(this.#backend.name, reason));
        this.#giveUpWaiting();
        this.#observer.complete();
      },
    );
  }

  take(event: BanEvent): void {
    if (this.#waiting.size >= this.#options.maxQueued) {
      this.#drop(event);
      return;
    }
    this.#waiting.add(event);
    if (!this.#busy) this.#goOn();
  }

  end(ending: Ending): void {
    this.#ending ??= ending;
    if (!this.#busy) this.#goOn();
  }

  abort(): void {
    this.#abort.abort();
    this.reading.unsubscribe();
    this.end({});
  }

  /** Makes the bans stand that are to stand from the beginning, before any event's turn. */
  #restore(): void {
    const { standing } = this.#options;
    if (standing !== undefined && !this.#abort.signal.aborted) {
      this.#follow(standing, this.#backend.reconcile(standing, this.#abort.signal));
      return;
    }
    this.#giveUp(standing ?? []);
    this.#goOn();
  }

  /** Commits what waits; stops when nothing does and nothing will. */
  #goOn(): void {
    if (this.#abort.signal.aborted) this.#giveUpWaiting();
    this.#busy = this.#waiting.size > 0 || this.#ending !== undefined;
    if (this.#waiting.size > 0) this.#commit(this.#waiting.take());
    else if (this.#ending !== undefined) this.#stop(this.#ending);
  }

  #commit(events: readonly BanEvent[]): void {
    this.#follow(events, this.#backend.apply(events, this.#abort.signal));
  }

  /** Waits for what the backend does, tells what became of each event, and goes on. */
  #follow(events: readonly BanEvent[], work: Promise<readonly BanOutcome[]>): void {
    const { name } = this.#backend;
    this.#count(metric.commits, 1);
    void work
      .catch((cause: unknown) => {
        const fault = backendFault(name, cause);
        if (events.length === 0) this.#reject(fault.code, `${name} did not let in who stood: ${fault.message}`, cause);
        return events.map((event) => failedOutcome(name, event, fault));
      })
      .then((outcomes) => {
        for (const outcome of outcomes) this.#tell(outcome);
        this.#goOn();
      });
  }

  #stop({ error }: Ending): void {
    const { name } = this.#backend;
    void this.#backend
      .stop()
      .catch((cause: unknown) => {
        const { code, message } = backendFault(name, cause);
        this.#reject(code, `${name} was not stopped properly: ${message}`, cause);
      })
      .then(() => (error === undefined ? this.#observer.complete() : this.#observer.error(error)));
  }

  #drop(event: BanEvent): void {
    const fault = `more than ${this.#options.maxQueued} events wait (maxQueued)`;
    const error = new BanActionError('ERR_BAN_ACTION_OVERFLOW', fault, { limit: this.#options.maxQueued });
    this.#count(metric.dropped, 1);
    this.#reject(error.code, `${event.kind} of ${event.id} was dropped: ${fault}`, event);
    this.#observer.next(failedOutcome(this.#backend.name, event, error));
  }

  #giveUpWaiting(): void {
    while (this.#waiting.size > 0) this.#giveUp(this.#waiting.take());
  }

  #giveUp(events: readonly BanEvent[]): void {
    const error = new BanActionError('ERR_BAN_ACTION_ABORTED', 'the sink was stopped before the turn of this event');
    for (const event of events) this.#tell(failedOutcome(this.#backend.name, event, error));
  }

  #tell(outcome: BanOutcome): void {
    this.#count(outcome.ok ? metric.applied : metric.failed, 1);
    this.#observer.next(outcome);
  }

  #count(name: string, by: number): void {
    this.#options.metrics?.add(name, by);
  }

  #reject(code: string, reason: string, value: unknown): void {
    this.#options.rejects?.next({ component: 'ban-action', code, reason, value });
  }
}
