/** One loop waits, and several things can wake it: what happens while it does not wait is not missed. */
export class Wake {
  #isSet = false;
  #resolve: (() => void) | undefined;

  set(): void {
    this.#isSet = true;
    this.#resolve?.();
  }

  /** Resolves at the next `set`, at once when there was one since the last time, or after `ms`. */
  async wait(ms: number): Promise<void> {
    if (!this.#isSet) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#resolve = resolve;
        if (Number.isFinite(ms)) timer = setTimeout(resolve, Math.max(0, Math.ceil(ms)));
      });
      clearTimeout(timer);
      this.#resolve = undefined;
    }
    this.#isSet = false;
  }
}
