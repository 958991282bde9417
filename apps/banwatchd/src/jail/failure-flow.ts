import { type NamedFailure, NameQueue } from '@sluice/fail2ban-filter';
import type { Failure, NameResolver } from '@sluice/pipeline';

/** What waits is bounded by the un-acked chunks that it was found in; this only keeps a fault from growing without end. */
const maxWaiting = 1_000_000;

/**
 * A jail's failures on their way to its policy, in the order they were found. One that has to wait, for a name or a
 * command, lets the later ones of the jail wait behind it; names are looked up meanwhile.
 */
export class FailureFlow {
  readonly #names: NameQueue;
  readonly #failed: (failure: Failure, error: unknown) => void;
  readonly #decide: (failure: Failure) => Promise<void> | undefined;
  #last: Promise<void> | undefined;

  /** @param failed told what went wrong with a failure, which is then left out */
  constructor(
    resolver: NameResolver,
    decide: (failure: Failure) => Promise<void> | undefined,
    failed: (failure: Failure, error: unknown) => void,
  ) {
    this.#decide = decide;
    this.#failed = failed;
    this.#names = new NameQueue(resolver, (failure) => this.#take(failure), { maxWaiting });
  }

  add(failure: Failure | NamedFailure): void {
    this.#names.push(failure);
  }

  /** When all that was added is decided; undefined when it is. Never rejects. */
  get settled(): Promise<void> | undefined {
    const { settled } = this.#names;
    return settled === undefined ? this.#last : settled.then(() => this.#last);
  }

  #take(failure: Failure): void {
    const waiting = this.#try(failure);
    if (waiting === undefined) return;
    const last = waiting
      .catch((error: unknown) => this.#failed(failure, error))
      .then(() => {
        if (this.#last === last) this.#last = undefined;
      });
    this.#last = last;
  }

  #try(failure: Failure): Promise<void> | undefined {
    try {
      return this.#decide(failure);
    } catch (error) {
      this.#failed(failure, error);
      return undefined;
    }
  }
}
