const next = 0;
const stopped = 1;
const firstSlot = 2;
/** Parts that a worker may have sent and not been delivered. */
const maxHeld = 2;
/** In a slot: nobody waits here any more. */
const closed = -(2 ** 30);

/**
 * What the threads of one scan share: the stripe that is next, whether it is over, and for each worker how many parts it
 * has on the way. Workers wait here, asleep, until what they sent before was delivered; so what is held has a bound.
 */
export class ScanControl {
  readonly shared: SharedArrayBuffer;
  readonly #cells: Int32Array;

  /** @param of the number of workers, or what another thread shares */
  constructor(of: number | SharedArrayBuffer) {
    this.shared = typeof of === 'number' ? new SharedArrayBuffer(4 * (firstSlot + of)) : of;
    this.#cells = new Int32Array(this.shared);
  }

  get isStopped(): boolean {
    return Atomics.load(this.#cells, stopped) !== 0;
  }

  /** The number of a stripe that nobody else has. */
  claim(): number {
    return Atomics.add(this.#cells, next, 1);
  }

  /** Waits until the worker may send a part, and counts it; false when the scan is over. Not for the main thread. */
  awaitRoom(slot: number): boolean {
    const cell = firstSlot + slot;
    while (!this.isStopped) {
      const held = Atomics.load(this.#cells, cell);
      if (held < maxHeld) {
        Atomics.add(this.#cells, cell, 1);
        return !this.isStopped;
      }
      Atomics.wait(this.#cells, cell, held);
    }
    return false;
  }

  /** Says that a part of a worker was delivered. */
  delivered(slot: number): void {
    Atomics.sub(this.#cells, firstSlot + slot, 1);
    Atomics.notify(this.#cells, firstSlot + slot);
  }

  /** Ends the scan in all threads. */
  stop(): void {
    Atomics.store(this.#cells, stopped, 1);
    for (let cell = firstSlot; cell < this.#cells.length; cell++) {
      // Another value, so that a worker that has just looked does not fall asleep behind the notice.
      Atomics.store(this.#cells, cell, closed);
      Atomics.notify(this.#cells, cell);
    }
  }
}
