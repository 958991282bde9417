/**
 * Counts what a source has handed out and nobody has acked yet, so that it reads on only while that is bounded.
 *
 * `take()` never waits: a source that is refused stops reading and goes on from the `onFree` callback.
 */
export class Credits {
  readonly max: number;
  #taken = 0;
  #refused = false;
  readonly #onFree: () => void;

  /**
   * @param max most un-acked items, at least 1
   * @param onFree called once when a credit returns after a `take()` was refused
   */
  constructor(max: number, onFree: () => void = () => {}) {
    if (!Number.isInteger(max) || max < 1)
      throw new RangeError(`maxInFlight must be an integer of at least 1, not ${max}`);
    this.max = max;
    this.#onFree = onFree;
  }

  get taken(): number {
    return this.#taken;
  }

  /** Takes one credit; false, and nothing taken, when all are out. */
  take(): boolean {
    if (this.#taken === this.max) {
      this.#refused = true;
      return false;
    }
    this.#taken += 1;
    return true;
  }

  /** Gives one credit back. */
  give(): void {
    if (this.#taken === 0) throw new RangeError('a credit was given back that was never taken');
    this.#taken -= 1;
    if (!this.#refused) return;
    this.#refused = false;
    this.#onFree();
  }
}
