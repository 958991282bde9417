import type { Timers } from './timers.ts';

/** What timers can wait at most. */
const longestDelayMs = 2 ** 31 - 1;

/** Waits until there is something to do. */
export class Sleeper {
  readonly #timers: Timers;
  #wake: () => void = () => {};

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** There may be something to do earlier than it seemed. Who calls this may note it right after. */
  wake(): void {
    this.#wake();
  }

  /**
   * @param nextMs when there is something to do, by the timers' clock; asked again whenever it is woken
   * @param signal an abort, and a wake after it, ends it
   */
  sleep(nextMs: () => number, signal: AbortSignal): Promise<void> {
    const timers = this.#timers;
    return new Promise((resolve) => {
      let cancel = (): void => {};
      const wait = (): void => {
        cancel();
        const delayMs = signal.aborted ? 0 : nextMs() - timers.nowMs();
        if (delayMs > 0) cancel = timers.after(Math.min(delayMs, longestDelayMs), wait);
        else {
          this.#wake = () => {};
          resolve();
        }
      };
      this.#wake = () => {
        cancel();
        cancel = timers.after(0, wait);
      };
      wait();
    });
  }
}
