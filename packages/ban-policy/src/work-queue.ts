/** Something to do: undefined when it is done on return, or a promise of its end. */
export type Task = () => Promise<void> | undefined;

/**
 * Does things one after the other: at once as long as nothing has to be waited for. What a task throws while others wait
 * reaches the process as an uncaught error, as RxJS does with what a listener throws, and the others are done all the same.
 */
export class WorkQueue {
  readonly #waiting: Task[] = [];
  #draining: Promise<void> | undefined;

  /** Tasks that have not begun. */
  get size(): number {
    return this.#waiting.length;
  }

  /** Resolves when all that was given until now is done; undefined when it is. */
  get settled(): Promise<void> | undefined {
    return this.#draining && this.run(() => undefined);
  }

  /**
   * Does the task when all before it are done.
   *
   * @returns undefined when it is done already
   */
  run(task: Task): Promise<void> | undefined {
    if (this.#draining !== undefined)
      return new Promise((resolve) => {
        this.#waiting.push(() => safely(task).then(resolve));
      });
    const pending = task();
    if (pending === undefined) return undefined;
    const done = safely(() => pending);
    this.#draining = this.#drain(done);
    return done;
  }

  async #drain(first: Promise<void>): Promise<void> {
    await first;
    // By index, as taking the first one off a long array is slow.
    for (let next = 0; next < this.#waiting.length; next += 1) {
      await this.#waiting[next]?.();
      if (next < 1024) continue;
      this.#waiting.splice(0, next + 1);
      next = -1;
    }
    this.#waiting.length = 0;
    this.#draining = undefined;
  }
}

async function safely(task: Task): Promise<void> {
  try {
    await task();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
