import type { Clock } from '../clock.ts';
import { deferred } from '../deferred.ts';
import { AnswerCache } from './answer-cache.ts';

/** Bounds of {@link LimitedLookups}. */
export interface LookupLimits {
  readonly timeoutMs: number;
  readonly ttlMs: number;
  readonly maxCached: number;
  readonly maxConcurrent: number;
  readonly maxWaiting: number;
  readonly signal: AbortSignal | undefined;
  readonly clock: Clock;
}

interface Asked<T> {
  readonly question: string;
  readonly promise: Promise<T>;
  answer(value: T): void;
}

/**
 * Asks a slow service: each question once at a time, few at once, none for long, and remembers the answers.
 *
 * A question that is given up on after `timeoutMs`, waiting included, has the answer `none`. Its request may go on and
 * then still counts as one under way, because nothing can end it.
 */
export class LimitedLookups<T> {
  readonly #ask: (question: string) => Promise<T>;
  readonly #none: T;
  readonly #limits: LookupLimits;
  readonly #answers: AnswerCache<T>;
  readonly #asked = new Map<string, Asked<T>>();
  readonly #waiting = new Set<Asked<T>>();
  #underWay = 0;

  constructor(ask: (question: string) => Promise<T>, none: T, limits: LookupLimits) {
    this.#ask = ask;
    this.#none = none;
    this.#limits = limits;
    this.#answers = new AnswerCache(limits.maxCached, limits.ttlMs, limits.clock);
    const giveUpAll = (): void => {
      for (const { answer } of [...this.#asked.values()]) answer(none);
    };
    limits.signal?.addEventListener('abort', giveUpAll, { once: true });
  }

  /** The answer at once where it is known, or where too many questions wait; else a promise of it. */
  find(question: string): T | Promise<T> {
    const known = this.#answers.get(question);
    if (known !== undefined) return known.value;
    const asked = this.#asked.get(question);
    if (asked !== undefined) return asked.promise;
    if (this.#waiting.size >= this.#limits.maxWaiting || this.#limits.signal?.aborted === true) return this.#none;
    return this.#queue(question).promise;
  }

  #queue(question: string): Asked<T> {
    const { promise, resolve } = deferred<T>();
    const timer = setTimeout(() => answer(this.#none), this.#limits.timeoutMs);
    const answer = (value: T): void => {
      if (!this.#asked.delete(question)) return;
      clearTimeout(timer);
      // What never got its turn was not asked, so nothing is known of it.
      if (!this.#waiting.delete(asked)) this.#answers.set(question, value);
      resolve(value);
    };
    const asked: Asked<T> = { question, promise, answer };
    this.#asked.set(question, asked);
    this.#waiting.add(asked);
    this.#start();
    return asked;
  }

  #start(): void {
    for (const asked of this.#waiting) {
      if (this.#underWay >= this.#limits.maxConcurrent) return;
      this.#waiting.delete(asked);
      void this.#run(asked);
    }
  }

  async #run(asked: Asked<T>): Promise<void> {
    this.#underWay += 1;
    let value = this.#none;
    try {
      value = await this.#ask(asked.question);
    } catch {
      // Not to be found out: the same as no answer.
    }
    this.#underWay -= 1;
    asked.answer(value);
    this.#start();
  }
}
