import type { ActionTarget } from './action-target.ts';

/** Reads batches of messages from an iterable, one at a time and only when asked to. */
export class MessageFeed {
  readonly #iterator: AsyncIterator<readonly ActionTarget[]>;
  readonly #onRead: () => void;
  #batch: readonly ActionTarget[] = [];
  #at = 0;
  #isReading = false;
  #isEnded = false;
  #failure: { readonly error: unknown } | undefined;

  /** @param onRead called when there is something new: messages, the end, or a failure */
  constructor(messages: AsyncIterable<readonly ActionTarget[]>, onRead: () => void) {
    this.#iterator = messages[Symbol.asyncIterator]();
    this.#onRead = onRead;
  }

  /** There will be no more messages than those that `next` has. */
  get isEnded(): boolean {
    return this.#isEnded && this.#at >= this.#batch.length;
  }

  /** What the iterable threw. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
  }

  /** A message that has come, if there is one. */
  next(): ActionTarget | undefined {
    return this.#at < this.#batch.length ? this.#batch[this.#at++] : undefined;
  }

  /** Asks for the next batch, unless there are messages or it was asked for already. */
  read(): void {
    if (this.#isReading || this.#isEnded || this.#at < this.#batch.length) return;
    this.#isReading = true;
    this.#iterator.next().then(
      (result) => {
        this.#isReading = false;
        if (result.done === true) this.#isEnded = true;
        else this.#take(result.value);
        this.#onRead();
      },
      (error: unknown) => {
        this.#isReading = false;
        this.#isEnded = true;
        this.#failure = { error };
        this.#onRead();
      },
    );
  }

  #take(batch: readonly ActionTarget[]): void {
    this.#batch = batch;
    this.#at = 0;
  }

  /** Ends the iterable; one that is being waited for is not waited for any more. */
  async close(): Promise<void> {
    if (this.#isEnded) return;
    this.#isEnded = true;
    const closing = Promise.resolve(this.#iterator.return?.()).catch(() => {});
    if (!this.#isReading) await closing;
  }
}
