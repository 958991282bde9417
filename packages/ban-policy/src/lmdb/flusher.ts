/**
 * Runs one asynchronous job at a time. Calls that come while one runs share the next, which sees all that they want in it.
 */
export class Flusher {
  readonly #job: () => Promise<void>;
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(job: () => Promise<void>) {
    this.#job = job;
  }

  /** Resolves, or rejects, as the run does that begins next. */
  run(): Promise<void> {
    this.#next ??= this.#running.then(() => {
      this.#next = undefined;
      const run = this.#job();
      this.#running = run.catch(() => {});
      return run;
    });
    return this.#next;
  }
}
