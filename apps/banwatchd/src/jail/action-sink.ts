import { applyBans, type BanBackend, type BanOutcome } from '@sluice/ban-action';
import { type Ban, type BanEvent, deferred, type Metrics, type RejectSink } from '@sluice/pipeline';
import { Subject } from 'rxjs';
import { tellReady } from './tell-ready.ts';

export interface ActionSinkOptions {
  readonly rejects: RejectSink;
  readonly metrics: Metrics;
  readonly told: (outcome: BanOutcome) => void;
  /** The backend could not start and takes part in nothing more. */
  readonly lost: (error: unknown) => void;
}

/** How long decisions under way may still be applied once the action is to stop. */
const graceMs = 5000;

/** One action at work: takes decisions at once, applies them in order. */
export class ActionSink {
  readonly backend: BanBackend;
  readonly #options: ActionSinkOptions;
  readonly #events = new Subject<BanEvent>();
  readonly #abort = new AbortController();
  readonly #ready = deferred<void>();
  #ended: Promise<void> = Promise.resolve();

  constructor(backend: BanBackend, options: ActionSinkOptions) {
    this.backend = backend;
    this.#options = options;
  }

  /** Resolves when it has started, with the bans that it began with; never when it cannot. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /**
   * Starts the action; decisions that come meanwhile wait.
   *
   * @param standing the bans that are to stand at its beginning, and no others. Without them it keeps what it finds
   */
  start(standing?: readonly Ban[]): void {
    const { rejects, metrics, told, lost } = this.#options;
    const { signal } = this.#abort;
    const backend = tellReady(this.backend, standing !== undefined, () => this.#ready.resolve());
    const options = { rejects, metrics, signal, ...(standing && { standing }) };
    this.#ended = new Promise((resolve) => {
      this.#events.pipe(applyBans(backend, options)).subscribe({
        next: told,
        error: (error: unknown) => {
          lost(error);
          resolve();
        },
        complete: resolve,
      });
    });
  }

  send(event: BanEvent): void {
    this.#events.next(event);
  }

  /** Applies what waits, as far as that takes no longer than a few seconds, and stops the action. Never rejects. */
  async stop(): Promise<void> {
    this.#events.complete();
    const timer = setTimeout(() => this.#abort.abort(), graceMs);
    await this.#ended;
    clearTimeout(timer);
  }
}
