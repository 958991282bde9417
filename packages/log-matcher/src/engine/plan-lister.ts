import type { LiteralOffers } from '../literals/required.ts';
import type { PlannedCuts } from '../prefilter/cut-places.ts';
import { loadPrefilter } from '../prefilter/load-prefilter.ts';
import { planCounters } from '../prefilter/plan-counters.ts';
import { planPrefilter } from '../prefilter/plan-prefilter.ts';
import { PlanWatch } from '../prefilter/plan-watch.ts';
import type { PrefilterPlan } from '../prefilter/prefilter-plan.ts';
import type { Engine } from './engine.ts';
import { crowd } from './gate-check.ts';

/** Most bytes of a log that a new plan is made from. */
const sampleBytes = 1 << 20;
/** Of one that is for now. */
const sampleBytesForNow = 1 << 17;

/** What is searched by a plan for now. */
const bytesForNow = 2 ** 25;

/**
 * Lists the lines of some bytes on which patterns are worth trying: address of the line, of its end, number of patterns,
 * the patterns; all as words.
 */
export class PlanLister {
  /** How often the log turned out to be another than was planned for. */
  replans = 0;
  readonly #engine: Engine;
  readonly #offers: () => readonly LiteralOffers[];
  readonly #cuts: PlannedCuts;
  readonly #watch: PlanWatch;
  /** Patterns on a line from which on many are asked together first. */
  readonly #crowd: number;
  #descriptor: number;
  #isForNow: boolean;
  /** Bytes searched by a plan that is for now. */
  #bytes = 0;
  #candidates = 0;
  #steps = 0;
  #start = 0;
  #end = 0;

  /** @param isForNow whether the plan was made in a hurry: a better one is made when there turns out to be much to search */
  constructor(
    engine: Engine,
    plan: PrefilterPlan,
    offers: () => readonly LiteralOffers[],
    cuts: PlannedCuts,
    isForNow: boolean,
  ) {
    this.#engine = engine;
    this.#offers = offers;
    this.#cuts = cuts;
    this.#watch = new PlanWatch(plan);
    this.#isForNow = isForNow;
    // Patterns without literals are on every line, and match few: one pass for all of them is less than one for each.
    this.#crowd = plan.always.length < 2 ? crowd : Math.min(crowd, plan.always.length);
    this.#descriptor = loadPrefilter(plan, engine.memory);
  }

  /** Takes the lines of [start, end). */
  begin(start: number, end: number): void {
    this.#start = start;
    this.#end = end;
    this.#engine.wasm.setCrowd(this.#crowd);
    this.#engine.wasm.beginLines(this.#descriptor, start, end);
  }

  /** Words in the engine's list; 0 when there are no more lines. */
  next(): number {
    const { wasm, list, listWords } = this.#engine;
    const words = wasm.nextLines(list, listWords);
    if (words === 0) this.#review();
    return words;
  }

  /** Places where the kernels looked closer. */
  get candidates(): number {
    return this.#candidates + planCounters(this.#engine.memory, this.#descriptor).candidates;
  }

  /** Comparisons there. */
  get steps(): number {
    return this.#steps + planCounters(this.#engine.memory, this.#descriptor).steps;
  }

  #review(): void {
    const { memory } = this.#engine;
    this.#bytes += this.#end - this.#start;
    const isDue = this.#isForNow && this.#bytes > bytesForNow;
    const isOutdated = this.#watch.isOutdated(planCounters(memory, this.#descriptor));
    if (!isDue && !isOutdated) return;
    // A plan counts anew.
    this.#candidates = this.candidates;
    this.#steps = this.steps;
    const soon = this.#isForNow && !isDue;
    const bytes = soon ? sampleBytesForNow : sampleBytes;
    const sample = memory.u8.slice(Math.max(this.#start, this.#end - bytes), this.#end);
    const plan = planPrefilter(this.#offers(), { cuts: this.#cuts, sample, soon });
    this.#descriptor = loadPrefilter(plan, memory, this.#descriptor);
    this.#watch.replanned(plan);
    this.#isForNow = soon;
    if (isOutdated) this.replans += 1;
  }
}
