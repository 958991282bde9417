/** Longest stretch of turns before the event loop gets its own, in ms. */
const roundMs = 8;

/** Gives items turns, one after the other, until each says that it has no more to do. Nobody gets two in a row. */
export class Turns<T> {
  readonly #run: (item: T) => boolean;
  readonly #waiting = new Set<T>();
  #next: NodeJS.Immediate | undefined;
  #isStopped = false;

  /** @param run does one turn's work; true when there is more */
  constructor(run: (item: T) => boolean) {
    this.#run = run;
  }

  /** Asks for a turn. An item that waits for one already keeps its place. */
  add(item: T): void {
    if (this.#isStopped) return;
    this.#waiting.add(item);
    this.#next ??= setImmediate(() => this.#round());
  }

  stop(): void {
    this.#isStopped = true;
    this.#waiting.clear();
    clearImmediate(this.#next);
  }

  #round(): void {
    this.#next = undefined;
    const endMs = performance.now() + roundMs;
    for (const item of this.#waiting) {
      this.#waiting.delete(item);
      // A set is visited in the order of adding: who comes again comes last.
      if (this.#run(item)) this.add(item);
      if (this.#isStopped || performance.now() > endMs) break;
    }
    if (this.#waiting.size > 0 && !this.#isStopped) this.#next ??= setImmediate(() => this.#round());
  }
}
