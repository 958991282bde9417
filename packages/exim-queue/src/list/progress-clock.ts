import type { QueueProgress } from '../options.ts';

const intervalMs = 1000;

/** Tells of progress about once a second. */
export class ProgressClock {
  readonly #tell: ((progress: QueueProgress) => void) | undefined;
  #toldMs = performance.now();

  constructor(tell: ((progress: QueueProgress) => void) | undefined) {
    this.#tell = tell;
  }

  at(done: number, total: number | undefined): void {
    if (this.#tell === undefined || performance.now() - this.#toldMs < intervalMs) return;
    this.#toldMs = performance.now();
    this.end(done, total);
  }

  end(done: number, total: number | undefined): void {
    this.#tell?.({ done, ...(total !== undefined && { total }) });
  }
}
