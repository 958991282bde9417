import type { Clock } from '../clock.ts';

/**
 * Longest wait. Timers stand still while a machine sleeps and know nothing of a clock that is set, so the clock is
 * looked at once a minute; it also keeps clear of the 2^31 ms that a Node timer can hold.
 */
const maxWaitMs = 60_000;

/** One timer that runs out at an instant of a clock, or somewhat later. It keeps no process alive. */
export class EndTimer {
  readonly #clock: Clock;
  readonly #over: () => void;
  #timer: NodeJS.Timeout | undefined;
  #armedForMs = Number.POSITIVE_INFINITY;

  /** @param over called when the time has come; the timer is then off */
  constructor(clock: Clock, over: () => void) {
    this.#clock = clock;
    this.#over = over;
  }

  /** Sees to it that it runs out at `endMs`, unless it does so before. */
  arm(endMs: number): void {
    if (endMs >= this.#armedForMs) return;
    clearTimeout(this.#timer);
    this.#armedForMs = endMs;
    const waitMs = Math.min(Math.max(0, endMs - this.#clock.nowMs()), maxWaitMs);
    this.#timer = setTimeout(() => this.#wake(), waitMs).unref();
  }

  disarm(): void {
    clearTimeout(this.#timer);
    this.#armedForMs = Number.POSITIVE_INFINITY;
  }

  #wake(): void {
    const endMs = this.#armedForMs;
    this.#armedForMs = Number.POSITIVE_INFINITY;
    if (endMs <= this.#clock.nowMs()) this.#over();
    else this.arm(endMs);
  }
}
