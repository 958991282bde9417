import type { BanBackend, BanOutcome } from '@sluice/ban-action';
import type { BanEvent } from '@sluice/pipeline';

/** Called before each piece of work, which it may hold up or refuse. */
export type OnWork = (work: string) => Promise<void> | void;

/** A backend that writes down what it is asked to do, when it has done it. */
export class ToldBackend implements BanBackend {
  readonly name: string;
  readonly calls: string[] = [];
  readonly #onWork: OnWork;

  constructor(name: string, onWork: OnWork = () => {}) {
    this.name = name;
    this.#onWork = onWork;
  }

  start(): Promise<void> {
    return this.#work('start');
  }

  async apply(events: readonly BanEvent[]): Promise<readonly BanOutcome[]> {
    for (const { kind, jail, id } of events) await this.#work(`${kind} ${jail} ${id}`);
    return this.#outcomes(events);
  }

  async reconcile(bans: readonly BanEvent[]): Promise<readonly BanOutcome[]> {
    await this.#work(`reconcile ${bans.map(({ jail, id }) => `${jail} ${id}`).join(', ')}`);
    return this.#outcomes(bans);
  }

  async flush(): Promise<void> {}

  stop(): Promise<void> {
    return this.#work('stop');
  }

  startCommands(): readonly string[] {
    return [];
  }

  commands(): readonly string[] {
    return [];
  }

  rehearse(): BanBackend {
    return this;
  }

  async #work(what: string): Promise<void> {
    await this.#onWork(what);
    this.calls.push(what);
  }

  #outcomes(events: readonly BanEvent[]): BanOutcome[] {
    return events.map((event) => ({ event, backend: this.name, ok: true, dryRun: false, durationMs: 0 }));
  }
}
