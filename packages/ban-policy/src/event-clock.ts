import type { Clock } from '@sluice/pipeline';

/** A clock that stands at the latest time it was shown, for replays: it never goes back. */
export class EventClock implements Clock {
  #nowMs = Number.NEGATIVE_INFINITY;

  nowMs(): number {
    return this.#nowMs;
  }

  show(timeMs: number): void {
    if (timeMs > this.#nowMs) this.#nowMs = timeMs;
  }
}
