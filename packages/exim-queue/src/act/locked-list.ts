import type { Target, Verdict } from './target.ts';

/** Messages that were locked and are to be tried again. */
export class LockedList {
  readonly #retries: number;
  readonly #waitMs: number;
  /** In the order in which they are due, as all wait for as long. */
  #waiting: { readonly verdict: Verdict; readonly dueMs: number }[] = [];

  constructor(retries: number, waitMs: number) {
    this.#retries = retries;
    this.#waitMs = waitMs;
  }

  /** Takes a message in; false when it was tried often enough. */
  add(verdict: Verdict, nowMs: number): boolean {
    if (verdict.target.tries >= this.#retries) return false;
    verdict.target.tries += 1;
    this.#waiting.push({ verdict, dueMs: nowMs + this.#waitMs });
    return true;
  }

  takeDue(nowMs: number): Target[] {
    const first = this.#waiting.findIndex(({ dueMs }) => dueMs > nowMs);
    const due = this.#waiting.splice(0, first < 0 ? this.#waiting.length : first);
    return due.map(({ verdict }) => verdict.target);
  }

  /** All that wait, with what they were found as. */
  takeAll(): Verdict[] {
    return this.#waiting.splice(0).map(({ verdict }) => verdict);
  }

  /** When the first is due. */
  dueMs(): number {
    return this.#waiting[0]?.dueMs ?? Number.POSITIVE_INFINITY;
  }
}
