import type { QueueProgress } from '../options.ts';

const everyMs = 1000;

/** Tells about once a second, and at the end, how far it is. */
export class ProgressReport {
  readonly #onProgress: ((progress: QueueProgress) => void) | undefined;
  #done = 0;
  #toldMs = performance.now();

  constructor(onProgress: ((progress: QueueProgress) => void) | undefined) {
    this.#onProgress = onProgress;
  }

  add(done: number): void {
    this.#done += done;
    if (performance.now() - this.#toldMs >= everyMs) this.end();
  }

  end(): void {
    this.#toldMs = performance.now();
    this.#onProgress?.({ done: this.#done });
  }
}
