import type { CompiledPattern } from '../compiled-pattern.ts';
import type { LiteralOffers } from '../literals/required.ts';
import type { CutPlaces, PlannedCuts } from '../prefilter/cut-places.ts';
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
  readonly #offers: (cuts: CutPlaces) => readonly LiteralOffers[];
  readonly #listers = new Map<string, PlanLister>();

  constructor(
    patterns: readonly CompiledPattern[],
    plan: () => PrefilterPlan,
    offers: (cuts: CutPlaces) => readonly LiteralOffers[],
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

  /**
   * What lists the lines to search.
   *
   * @param cuts where spans are cut out of them: the same for all patterns, or for each
   */
  lister(cuts: PlannedCuts): PlanLister {
    const key = typeof cuts === 'string' ? cuts : cuts.join();
    let lister = this.#listers.get(key);
    if (lister === undefined) {
      const offers = (): readonly LiteralOffers[] => this.#offers(hasWords(cuts) ? 'words' : 'any');
      const plan = cuts === 'none' ? this.#plan() : planPrefilter(offers(), { cuts, soon: true });
      lister = new PlanLister(this.engine, plan, offers, cuts, cuts !== 'none');
      this.#listers.set(key, lister);
    }
    return lister;
  }

  get listers(): readonly PlanLister[] {
    return [...this.#listers.values()];
  }
}

const hasWords = (cuts: PlannedCuts): boolean => (typeof cuts === 'string' ? cuts === 'words' : cuts.includes('words'));
