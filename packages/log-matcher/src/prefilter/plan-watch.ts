import { candidateNs, foundNs, lineNs } from './kernels.ts';
import type { PlanCounters } from './plan-counters.ts';
import type { PrefilterPlan } from './prefilter-plan.ts';

/** What is judged at once: of less traffic the counts tell little. */
const minBytes = 1 << 18;
/** A plan is given up when the log costs so many times what was expected … */
const tolerance = 3;
/** … and at least so much more, in ns per megabyte: below that planning costs more than it can gain. */
const leastExcess = 100_000;

const zero: PlanCounters = { candidates: 0, steps: 0, confirmed: 0, lines: 0, bytes: 0 };

const since = (now: number, before: number): number => (now - before) >>> 0;

/**
 * Tells when the log is no longer what a plan was made for: what was rare has become common, maybe because an attacker made
 * it so.
 *
 * However the log behaves, plans are at most one for each doubling of the bytes searched: planning stays a vanishing part of
 * the work.
 */
export class PlanWatch {
  #plan: PrefilterPlan;
  #last: PlanCounters = zero;
  /** Bytes searched before `#last`, by all plans. */
  #bytes = 0;
  #plannedAt = 0;

  constructor(plan: PrefilterPlan) {
    this.#plan = plan;
  }

  /**
   * To be called after each scan. True when a new plan is worth making, from a sample of what was scanned last.
   *
   * @param now the loaded plan's counters
   */
  isOutdated(now: PlanCounters): boolean {
    const bytes = since(now.bytes, this.#last.bytes);
    if (bytes < minBytes) return false;
    const perMb = (name: keyof PlanCounters): number => (since(now[name], this.#last[name]) * 1e6) / bytes;
    const ns =
      candidateNs * (perMb('candidates') + perMb('steps')) + foundNs * perMb('confirmed') + lineNs * perMb('lines');
    this.#last = now;
    this.#bytes += bytes;
    if (this.#bytes < 2 * this.#plannedAt) return false;
    return ns > leastExcess + tolerance * this.#plan.estimatedNsPerMb;
  }

  /** To be called once another plan, or the same anew, was loaded instead. */
  replanned(plan: PrefilterPlan): void {
    this.#plan = plan;
    this.#last = zero;
    this.#plannedAt = this.#bytes;
  }
}
