import type { Clock } from '../clock.ts';

/** Answers of the last while, by question; the oldest go first when there are too many. */
export class AnswerCache<T> {
  readonly #answers = new Map<string, { readonly value: T; readonly untilMs: number }>();
  readonly #maxCached: number;
  readonly #ttlMs: number;
  readonly #clock: Clock;

  constructor(maxCached: number, ttlMs: number, clock: Clock) {
    this.#maxCached = maxCached;
    this.#ttlMs = ttlMs;
    this.#clock = clock;
  }

  get(question: string): { readonly value: T } | undefined {
    const answer = this.#answers.get(question);
    if (answer === undefined || this.#clock.nowMs() < answer.untilMs) return answer;
    this.#answers.delete(question);
    return undefined;
  }

  set(question: string, value: T): void {
    this.#answers.delete(question);
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size < this.#maxCached) break;
      this.#answers.delete(oldest);
    }
    this.#answers.set(question, { value, untilMs: this.#clock.nowMs() + this.#ttlMs });
  }
}
