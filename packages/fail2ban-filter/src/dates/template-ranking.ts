import type { DateTemplate } from './date-template.ts';

/** A template that no line used for so long may be overtaken by any other. */
const unusedMs = 300_000;

/** A template and what is known of its hits. */
export interface RankedTemplate {
  readonly template: DateTemplate;
  hits: number;
  /** Where in the line it hit last. */
  distance: number;
  usedAtMs: number;
}

const score = ({ template, hits, distance }: RankedTemplate): number =>
  (hits * template.weight) / Math.max(1, distance);

/**
 * The order in which templates are tried: those that hit often and near the line's beginning move to the front.
 * This is fail2ban's rule; it decides which template wins where several match.
 */
export class TemplateRanking {
  readonly ranked: RankedTemplate[];
  #firstUnused = 0;

  constructor(templates: readonly DateTemplate[]) {
    this.ranked = templates.map((template) => ({ template, hits: 0, distance: 0x7fffffff, usedAtMs: 0 }));
  }

  /** One that goes on from here, apart from this one. */
  copy(): TemplateRanking {
    const copy = new TemplateRanking([]);
    copy.ranked.push(...this.ranked.map((ranked) => ({ ...ranked })));
    copy.#firstUnused = this.#firstUnused;
    return copy;
  }

  /** Counts a hit at `distance` from the line's beginning. Returns the template's index. */
  hit(template: DateTemplate, distance: number, nowMs: number): number {
    const index = this.ranked.findIndex((ranked) => ranked.template === template);
    const ranked = this.ranked[index];
    if (ranked === undefined) return -1;
    ranked.hits += 1;
    ranked.distance = distance;
    ranked.usedAtMs = nowMs;
    if (this.#firstUnused === index) this.#firstUnused += 1;
    return index;
  }

  /**
   * Moves the template at `index`, which has just hit, to the first place that was never used, or half way to the
   * front, or one place; only past a template with a lower score or one long unused.
   *
   * @returns its index now
   */
  promote(index: number): number {
    const { ranked } = this;
    const moving = ranked[index] as RankedTemplate;
    const mayTake = (place: number): boolean => {
      const there = ranked[place] as RankedTemplate;
      return score(moving) > score(there) || moving.usedAtMs - unusedMs > there.usedAtMs;
    };
    let place = this.#firstUnused < index ? this.#firstUnused : index >> 1;
    if (!mayTake(place)) {
      if (place === index - 1) return index;
      place = index - 1;
      if (!mayTake(place)) return index;
    }
    ranked.splice(index, 1);
    ranked.splice(place, 0, moving);
    while ((ranked[this.#firstUnused]?.hits ?? 0) > 0) this.#firstUnused += 1;
    return place;
  }
}
