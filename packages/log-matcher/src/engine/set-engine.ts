import type { CompiledPattern } from '../compiled-pattern.ts';
import type { LiteralOffers } from '../literals/required.ts';
import { planPrefilter } from '../prefilter/plan-prefilter.ts';
import type { PrefilterPlan } from '../prefilter/prefilter-plan.ts';
import { DfaSearch } from './dfa-search.ts';
import { Engine } from './engine.ts';
import { PlanLister } from './plan-lister.ts';

export interface SetEngineOptions {
  readonly finalBreak: boolean;
  readonly report: 'first' | 'all';
  readonly maxMemoryBytes: number;
}

/** All that a set needs to search; made when it first does. */
export class SetEngine {
  readonly engine: Engine;
  readonly automata: DfaSearch;
  /** Whether a scan is going on. */
  isBusy = false;
  readonly #plan: () => PrefilterPlan;
  readonly #offers: () => readonly LiteralOffers[];
  #plain: PlanLister | undefined;
  #cuttable: PlanLister | undefined;

  constructor(
    patterns: readonly CompiledPattern[],
    plan: () => PrefilterPlan,
    offers: () => readonly LiteralOffers[],
    options: SetEngineOptions,
  ) {
    this.#plan = plan;
    this.#offers = offers;
    this.engine = new Engine(patterns, {
      finalBreak: options.finalBreak,
      firstOnly: options.report === 'first',
      maxCacheBytes: options.maxMemoryBytes,
    });
    this.automata = new DfaSearch(this.engine, options.finalBreak);
  }

  /** What lists the lines to search, of which a span is cut out or not. */
  lister(cuttable: boolean): PlanLister {
    if (!cuttable) {
      this.#plain ??= new PlanLister(this.engine, this.#plan(), this.#offers, false);
      return this.#plain;
    }
    this.#cuttable ??= new PlanLister(
      this.engine,
      planPrefilter(this.#offers(), { cuttable: true }),
      this.#offers,
      true,
    );
    return this.#cuttable;
  }

  get listers(): readonly PlanLister[] {
    return [this.#plain, this.#cuttable].filter((lister) => lister !== undefined);
  }
}
