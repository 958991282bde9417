/** Time as a component sees it. RxJS schedulers fit: `{ nowMs: () => scheduler.now() }`. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  nowMs(): number;
}

/** The machine's clock. */
export const systemClock: Clock = { nowMs: () => Date.now() };

/** A clock that stands still, for replays and tests. */
export const fixedClock = (nowMs: number): Clock => ({ nowMs: () => nowMs });
