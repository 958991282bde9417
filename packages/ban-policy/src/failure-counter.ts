import { BoundedMap } from './bounded-map.ts';
import { roundHalfEven } from './round-half-even.ts';

/** What is known of one id that fails. */
export interface Tally {
  /** Beginning of the time that {@link retry} is an estimate for, milliseconds since the epoch. */
  readonly firstMs: number;
  /** Time of the latest failure; an earlier one that comes late does not move it back. */
  readonly timeMs: number;
  /** Failures estimated to lie within the find time. This is what is compared with `maxRetry`. */
  readonly retry: number;
  /** Failures counted, without any estimate. */
  readonly failures: number;
  /** Last texts, oldest first. */
  readonly matches: readonly string[];
  /** True when {@link retry} reached `maxRetry`: the counter has forgotten the id and the tally is final. */
  readonly reached: boolean;
}

export interface FailureCounterOptions {
  readonly maxRetry: number;
  readonly findTimeMs: number;
  /** Most texts kept for an id. 0 keeps none, save that of an id that failed only once, as in fail2ban. */
  readonly maxMatches: number;
  /** Most ids. One more makes the one that failed longest ago be forgotten. */
  readonly maxTracked: number;
  /** Called with an id that was forgotten to make room. */
  readonly onForgotten?: (id: string, tally: Tally) => void;
}

type CountedTally = { -readonly [K in keyof Tally]: Tally[K] } & { readonly matches: string[] };

/**
 * Counts failures an id by fail2ban's rule, which is a rate estimate and no sliding window:
 *
 * 1. The first failure of an id gives `retry` 1.
 * 2. A later one that is newer than the last, with the first one more than `findTimeMs` back, scales `retry` down to the
 *    share of the find time in the time since the first (halves to even), and moves the first to `findTimeMs` before it.
 *    Old failures so fade, they do not drop out one by one.
 * 3. It then adds 1. At `maxRetry` the tally is `reached` and the id is forgotten: it begins anew.
 * 4. {@link cleanup} forgets ids whose last failure is `findTimeMs` or more old.
 *
 * Times are event times and may come out of order. Memory is bounded by `maxTracked` ids of `maxMatches` texts.
 */
export class FailureCounter {
  readonly #options: FailureCounterOptions;
  readonly #tallies: BoundedMap<CountedTally>;
  #total = 0;

  constructor(options: FailureCounterOptions) {
    this.#options = options;
    this.#tallies = new BoundedMap<CountedTally>(options.maxTracked, options.onForgotten);
  }

  /** Ids that are counted now. */
  get size(): number {
    return this.#tallies.size;
  }

  /** Failures counted since the beginning. */
  get total(): number {
    return this.#total;
  }

  get(id: string): Tally | undefined {
    return this.#tallies.get(id);
  }

  /** Ids whose last failure is less than the find time before `nowMs`. */
  failing(nowMs: number): number {
    const oldest = nowMs - this.#options.findTimeMs;
    let count = 0;
    for (const [, tally] of this.#tallies) if (tally.timeMs > oldest) count += 1;
    return count;
  }

  /** Counts one failure of `id`; `match` is kept for the ban. The tally is valid until the next call. */
  add(id: string, timeMs: number, match?: string): Tally {
    return this.#add(id, timeMs, match, this.#tallies.renew(id));
  }

  /**
   * As {@link add}, but an id whose last failure is `findTimeMs` or more before this one begins anew, as if a
   * {@link cleanup} had come in between.
   */
  addCleanly(id: string, timeMs: number, match?: string): Tally {
    const known = this.#tallies.renew(id);
    const isOver = known !== undefined && known.timeMs <= timeMs - this.#options.findTimeMs;
    return this.#add(id, timeMs, match, isOver ? undefined : known);
  }

  /** Forgets every id whose last failure is `findTimeMs` or more before `nowMs`. Returns how many. */
  cleanup(nowMs: number): number {
    const before = this.#tallies.size;
    const oldest = nowMs - this.#options.findTimeMs;
    for (const [id, tally] of this.#tallies) if (tally.timeMs <= oldest) this.#tallies.delete(id);
    return before - this.#tallies.size;
  }

  #add(id: string, timeMs: number, match: string | undefined, known: CountedTally | undefined): Tally {
    const { maxRetry, maxMatches } = this.#options;
    this.#total += 1;
    const tally = known ?? { firstMs: timeMs, timeMs, retry: 0, failures: 0, matches: [], reached: false };
    this.#age(tally, timeMs);
    tally.retry += 1;
    tally.failures += 1;
    if (match !== undefined) tally.matches.push(match);
    // Not at the first failure: fail2ban then keeps its text even where none are wanted.
    if (tally.failures > 1) while (tally.matches.length > maxMatches) tally.matches.shift();
    tally.reached = tally.retry >= maxRetry;
    if (tally.reached) this.#tallies.delete(id);
    else if (tally !== known) this.#tallies.set(id, tally);
    return tally;
  }

  #age(tally: CountedTally, timeMs: number): void {
    if (timeMs <= tally.timeMs) return;
    const { findTimeMs } = this.#options;
    if (tally.firstMs < timeMs - findTimeMs) {
      // In seconds and in this order of operations: another one rounds some halves the other way than fail2ban does.
      const elapsed = (timeMs - tally.firstMs) / 1000;
      tally.retry = roundHalfEven((tally.retry / elapsed) * (findTimeMs / 1000));
      tally.firstMs = timeMs - findTimeMs;
    }
    tally.timeMs = timeMs;
  }
}
