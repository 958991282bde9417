/** Longest time that a timer takes. */
const maxTimerMs = 2 ** 31 - 1;

/** One timer for the earliest of many ends. It does not keep the process alive. */
export class ExpiryTimer {
  readonly #onDue: () => void;
  #timer: NodeJS.Timeout | undefined;
  #atMs = Number.POSITIVE_INFINITY;

  constructor(onDue: () => void) {
    this.#onDue = onDue;
  }

  /** Sees to it that the timer rings at this time, or before it, when it has to be set anew. */
  set(endMs: number, nowMs: number): void {
    if (endMs >= this.#atMs) return;
    clearTimeout(this.#timer);
    this.#atMs = endMs;
    const ring = (): void => {
      this.#atMs = Number.POSITIVE_INFINITY;
      this.#onDue();
    };
    this.#timer = setTimeout(ring, Math.min(maxTimerMs, Math.max(0, Math.ceil(endMs - nowMs)))).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#atMs = Number.NEGATIVE_INFINITY;
  }
}
