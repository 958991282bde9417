import type { Failure } from '@sluice/pipeline';
import type { Fail2banFilter } from '../fail2ban-filter.ts';
import type { FilterChunk } from '../filter-chunk.ts';
import { coreOf, FilterCore } from '../filter-core.ts';
import { JointRules } from '../rules/joint-rules.ts';
import { type Squad, scanChunk } from './scan-chunk.ts';

/** A filter that reads only lines that can match. */
interface Member {
  readonly filter: number;
  readonly core: FilterCore;
  readonly block: number;
}

/**
 * Several filters over the same lines: what each finds by itself, found in one pass.
 *
 * - Lines are scanned once, for what the regexes of all filters need, and each filter is asked only about lines that hold
 *   something of its own.
 * - Filters that are equal, and were fed the same so far, do their work once for all of them. What a filter remembers is its
 *   own all the same: it may be in several groups and may be fed by itself.
 * - Filters with `maxlines`, or without a prefilter, read all lines, and those of an encoding that is not UTF-8 decode them,
 *   by themselves.
 */
export class FilterGroup {
  readonly filters: readonly Fail2banFilter[];
  readonly #members: readonly Member[];
  readonly #rules: JointRules | undefined;
  /** Indices of the filters that read all lines. */
  readonly #others: readonly number[];

  constructor(filters: readonly Fail2banFilter[]) {
    this.filters = [...filters];
    const blocks = new Map<string, { readonly index: number; readonly core: FilterCore }>();
    const members: Member[] = [];
    for (const [filter, core] of filters.map(coreOf).entries()) {
      if (!core.canScan || core.settings.encoding !== undefined) continue;
      const key = `${core.places} ${core.rules.key}`;
      const block = blocks.get(key) ?? { index: blocks.size, core };
      blocks.set(key, block);
      members.push({ filter, core, block: block.index });
    }
    this.#members = members;
    const joint = [...blocks.values()].map(({ core }) => ({ rules: core.rules, places: core.places }));
    this.#rules = joint.length === 0 ? undefined : new JointRules(joint);
    this.#others = [...filters.keys()].filter((index) => !members.some(({ filter }) => filter === index));
  }

  /**
   * Finds the failures in whole lines, and calls `emit` for each before it returns. Those of one filter come in line order
   * and are those of its own `process`; those of different filters come in any order. Host names go to the option `names` of
   * a filter, as if it were fed by itself.
   *
   * @param emit gets the failure and the index of its filter in {@link filters}
   */
  process(chunk: FilterChunk, emit: (failure: Failure, filter: number) => void): void {
    if (this.#rules !== undefined) {
      const { squads, filters } = this.#muster();
      scanChunk(this.#rules, squads, chunk, (failure, squad) => {
        for (const filter of filters.get(squad) as readonly number[]) emit(failure, filter);
      });
    }
    for (const index of this.#others) this.filters[index]?.process(chunk, (failure) => emit(failure, index));
  }

  /** Who works for whom. */
  #muster(): { readonly squads: readonly Squad[]; readonly filters: ReadonlyMap<Squad, readonly number[]> } {
    const squads: { readonly cores: [FilterCore, ...FilterCore[]]; readonly block: number; filters: number[] }[] = [];
    for (const { filter, core, block } of this.#members) {
      const squad = squads.find(({ cores: [first], block: other }) => block === other && core.isTwinOf(first));
      if (squad === undefined) squads.push({ cores: [core], block, filters: [filter] });
      else {
        squad.cores.push(core);
        squad.filters.push(filter);
      }
    }
    for (const { cores } of squads) FilterCore.unite(cores);
    return { squads, filters: new Map(squads.map((squad) => [squad, squad.filters])) };
  }
}
