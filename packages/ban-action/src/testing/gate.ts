/** Something that waits until it is told to go on. */
export class Gate {
  readonly #waiting: (() => void)[] = [];

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Waits for its turn. */
  pass = (): Promise<void> => new Promise((resolve) => this.#waiting.push(resolve));

  /** Lets the one that waits longest go on, and gives it time to. */
  async open(): Promise<void> {
    this.#waiting.shift()?.();
    await settled();
  }
}

/** Gives everything that is ready to go on the time to do so. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
