import { pause } from './pause.ts';

/** Long enough for the files of one change to come together. */
const debounceMs = 15;

/** That something may have changed, as watches say it and one follower waits for it. */
export class Due {
  #isDue = false;
  #wake: () => void = () => {};

  /** Something may have changed. */
  set(): void {
    this.#isDue = true;
    this.#wake();
  }

  /** Resolves when something may have changed since the last time, after `pollMs` at the latest, or on an abort. */
  async wait(pollMs: number, signal: AbortSignal): Promise<void> {
    if (!this.#isDue) {
      await pause(pollMs, signal, {
        onStart: (wake) => {
          this.#wake = wake;
        },
      });
    }
    if (this.#isDue) await pause(debounceMs, signal);
    // What happens from here on counts for the next time: the caller may have looked before it.
    this.#isDue = false;
  }
}
