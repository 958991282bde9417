import { BoundedMap } from './bounded-map.ts';
import { roundHalfEven } from './round-half-even.ts';
import { slide } from './sliding-window.ts';
import type { KeptTally } from './state/kept-state.ts';

/** What is known of one id that fails. */
export interface Tally {
  /** Beginning of the time that {@link retry} is an estimate for, milliseconds since the epoch. */
  readonly firstMs: number;
  /** Time of the latest failure; an earlier one that comes late does not move it back. */
  readonly timeMs: number;
  /** Failures estimated, or with an exact window counted, to lie within the find time. This is compared with `maxRetry`. */
  readonly retry: number;
  /** Failures counted, without any estimate. */
  readonly failures: number;
  /** Last texts, oldest first. */
  readonly matches: readonly string[];
  /** True when {@link retry} reached `maxRetry`: the counter has forgotten the id and the tally is final. */
  readonly reached: boolean;
}

/** What counts; may change while counting. */
export interface CountingRule {
  readonly maxRetry: number;
  readonly findTimeMs: number;
  /** Most texts kept for an id. One that failed only once keeps all that it came with, as in fail2ban. */
  readonly maxMatches: number;
  /** `estimate`: fail2ban's rate estimate; `exact`: a sliding window of times. Default `estimate`. */
  readonly window?: 'estimate' | 'exact';
}

export interface FailureCounterOptions extends CountingRule {
  /** Most ids. One more makes the one that failed longest ago be forgotten. */
  readonly maxTracked: number;
  /** Called with an id that was forgotten to make room. */
  readonly onForgotten?: (id: string, tally: Tally) => void;
  /** Called with an id whose tally is another now, or gone. */
  readonly onChanged?: (id: string) => void;
}

type CountedTally = { -readonly [K in keyof Tally]: Tally[K] } & { readonly matches: string[]; times?: number[] };

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
 * With `window: 'exact'`, `retry` is how many failures lie less than `findTimeMs` before the newest one, in place of 2.
 *
 * Times are event times and may come out of order. Memory is bounded by `maxTracked` ids of `maxMatches` texts and, with
 * an exact window, `maxRetry` times.
 */
export class FailureCounter {
  #rule: CountingRule;
  readonly #onChanged: ((id: string) => void) | undefined;
  readonly #tallies: BoundedMap<CountedTally>;
  #total = 0;

  constructor(options: FailureCounterOptions) {
    const { maxTracked, onForgotten, onChanged } = options;
    this.#rule = options;
    this.#onChanged = onChanged;
    this.#tallies = new BoundedMap<CountedTally>(maxTracked, (id, tally) => {
      onForgotten?.(id, tally);
      onChanged?.(id);
    });
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

  /** Goes on counting by another rule. What was counted stays; who has too many by now is reached with the next failure. */
  setRule(rule: CountingRule): void {
    this.#rule = rule;
  }

  /** Ids whose last failure is less than the find time before `nowMs`. */
  failing(nowMs: number): number {
    const oldest = nowMs - this.#rule.findTimeMs;
    let count = 0;
    for (const [, tally] of this.#tallies) if (tally.timeMs > oldest) count += 1;
    return count;
  }

  /**
   * Counts one failure of `id`. The tally is valid until the next call.
   *
   * @param match what is kept for the ban: a text, or several
   * @param weight how many retries it counts as. Default 1
   */
  add(id: string, timeMs: number, match?: string | readonly string[], weight: number = 1): Tally {
    return this.#add(id, timeMs, match, weight, this.#tallies.renew(id));
  }

  /**
   * As {@link add}, but an id whose last failure is earlier, by `findTimeMs` or more, begins anew, as if a {@link cleanup}
   * had come in between.
   */
  addCleanly(id: string, timeMs: number, match?: string | readonly string[], weight: number = 1): Tally {
    const known = this.#tallies.renew(id);
    const isOver = known !== undefined && known.timeMs < timeMs && known.timeMs <= timeMs - this.#rule.findTimeMs;
    return this.#add(id, timeMs, match, weight, isOver ? undefined : known);
  }

  /** Forgets every id whose last failure is `findTimeMs` or more before `nowMs`. Returns how many. */
  cleanup(nowMs: number): number {
    const before = this.#tallies.size;
    const oldest = nowMs - this.#rule.findTimeMs;
    for (const [id, tally] of this.#tallies) if (tally.timeMs <= oldest) this.#delete(id);
    return before - this.#tallies.size;
  }

  /** The tally as plain data, to be given to {@link restore} in another life. */
  kept(id: string): KeptTally | undefined {
    const tally = this.#tallies.get(id);
    if (tally === undefined) return undefined;
    const { firstMs, timeMs, retry, failures, matches, times } = tally;
    return { firstMs, timeMs, retry, failures, matches: [...matches], ...(times && { times: [...times] }) };
  }

  /** Takes over what was counted of an id. It is not part of {@link total}. */
  restore(id: string, { matches, times, ...rest }: KeptTally): void {
    this.#tallies.set(id, { ...rest, matches: [...matches], reached: false, ...(times && { times: [...times] }) });
  }

  #add(
    id: string,
    timeMs: number,
    match: string | readonly string[] | undefined,
    weight: number,
    known: CountedTally | undefined,
  ): Tally {
    const { maxRetry, maxMatches, window } = this.#rule;
    this.#total += 1;
    const tally = known ?? { firstMs: timeMs, timeMs, retry: 0, failures: 0, matches: [], reached: false };
    if (window === 'exact') this.#slide(tally, timeMs, weight);
    else {
      this.#age(tally, timeMs);
      delete tally.times;
      tally.retry += weight;
    }
    tally.failures += 1;
    if (typeof match === 'string') tally.matches.push(match);
    else if (match !== undefined) for (const text of match) tally.matches.push(text);
    // Not at the first failure: fail2ban then keeps its texts even where fewer are wanted, or none.
    if (tally.failures > 1) while (tally.matches.length > maxMatches) tally.matches.shift();
    tally.reached = tally.retry >= maxRetry;
    if (tally.reached) this.#delete(id);
    else {
      if (tally !== known) this.#tallies.set(id, tally);
      this.#onChanged?.(id);
    }
    return tally;
  }

  #delete(id: string): void {
    this.#tallies.delete(id);
    this.#onChanged?.(id);
  }

  #slide(tally: CountedTally, timeMs: number, weight: number): void {
    const { findTimeMs, maxRetry } = this.#rule;
    // What was counted by estimate before the rule changed is taken to have happened at its last failure.
    tally.times ??= new Array<number>(Math.min(tally.retry, maxRetry)).fill(tally.timeMs);
    tally.retry = slide(tally.times, timeMs, weight, findTimeMs, maxRetry);
    tally.firstMs = tally.times[0] as number;
    tally.timeMs = Math.max(tally.timeMs, timeMs);
  }

  #age(tally: CountedTally, timeMs: number): void {
    if (timeMs <= tally.timeMs) return;
    const { findTimeMs } = this.#rule;
    if (tally.firstMs < timeMs - findTimeMs) {
      // In seconds and in this order of operations: another one rounds some halves the other way than fail2ban does.
      const elapsed = (timeMs - tally.firstMs) / 1000;
      tally.retry = roundHalfEven((tally.retry / elapsed) * (findTimeMs / 1000));
      tally.firstMs = timeMs - findTimeMs;
    }
    tally.timeMs = timeMs;
  }
}
