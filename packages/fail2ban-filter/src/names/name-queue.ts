import { type Address, type Deferred, deferred, type Failure, leanFailure, type NameResolver } from '@sluice/pipeline';
import { keptChars } from '../kept-chars.ts';
import type { NamedFailure } from '../named-failure.ts';

/** Options of {@link NameQueue}. */
export interface NameQueueOptions {
  /** Most failures that wait behind a name that is looked up. Default 10,000. Beyond it the oldest name is given up. */
  readonly maxWaiting?: number | undefined;
}

/** A failure, or a name with its addresses once they are known. */
interface Waiting {
  readonly failure: Failure | NamedFailure;
  addresses: readonly Address[] | undefined;
}

const defaultMaxWaiting = 10_000;

/**
 * Puts the addresses in the place of host names, and keeps the order of lines meanwhile.
 *
 * Where nothing has to be waited for, a failure is emitted before {@link push} returns. Behind a name whose addresses
 * are not known yet, all wait, until it is resolved; the resolver's time limit bounds that. Of a line with more than 2048
 * characters, what waits keeps the beginning: see `leanFailure` of `@sluice/pipeline`.
 */
export class NameQueue {
  readonly #resolver: NameResolver;
  readonly #emit: (failure: Failure) => void;
  readonly #maxWaiting: number;
  readonly #waiting = new Set<Waiting>();
  #settled: Deferred<void> | undefined;

  constructor(resolver: NameResolver, emit: (failure: Failure) => void, options: NameQueueOptions = {}) {
    this.#resolver = resolver;
    this.#emit = emit;
    this.#maxWaiting = options.maxWaiting ?? defaultMaxWaiting;
  }

  /** Resolves when all failures pushed so far have been emitted; undefined when they have been already. */
  get settled(): Promise<void> | undefined {
    if (this.#waiting.size === 0) return undefined;
    this.#settled ??= deferred();
    return this.#settled.promise;
  }

  /** Takes the next failure, in the order of the log. */
  push(failure: Failure | NamedFailure): void {
    const found = 'hostName' in failure ? this.#resolver.addressesOf(failure.hostName) : [];
    if (this.#waiting.size >= this.#maxWaiting) this.#giveUpOldest();
    if (this.#waiting.size === 0 && !(found instanceof Promise)) {
      this.#pass(failure, found);
      return;
    }
    const kept = 'hostName' in failure ? failure : leanFailure(failure, keptChars);
    const waiting: Waiting = { failure: kept, addresses: found instanceof Promise ? undefined : found };
    this.#waiting.add(waiting);
    if (!(found instanceof Promise)) return;
    const know = (addresses: readonly Address[]): void => {
      waiting.addresses = addresses;
      this.#advance();
    };
    found.then(know, () => know([]));
  }

  /** Forgets what waits. */
  clear(): void {
    this.#waiting.clear();
    this.#settle();
  }

  #pass(failure: Failure | NamedFailure, addresses: readonly Address[]): void {
    if (!('hostName' in failure)) this.#emit(failure);
    else for (const one of failure.resolve(addresses)) this.#emit(one);
  }

  #giveUpOldest(): void {
    for (const waiting of this.#waiting) {
      this.#waiting.delete(waiting);
      const { failure } = waiting;
      if ('hostName' in failure) failure.giveUp(`more than ${this.#maxWaiting} failures wait behind this name`);
      break;
    }
    this.#advance();
  }

  #advance(): void {
    for (const waiting of this.#waiting) {
      if (waiting.addresses === undefined) return;
      this.#waiting.delete(waiting);
      this.#pass(waiting.failure, waiting.addresses);
    }
    this.#settle();
  }

  #settle(): void {
    const settled = this.#settled;
    this.#settled = undefined;
    settled?.resolve();
  }
}
