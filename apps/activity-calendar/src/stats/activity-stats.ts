import type { Activity } from '@sluice/pipeline';
import type { ActivityStatsData } from './activity-stats-data.ts';
import { authorName } from './author-name.ts';
import { dayKey, localTime, weekdayOf, zoneOf } from './local-time.ts';
import { NameCounts } from './name-counts.ts';

export interface ActivityStatsOptions {
  /** Counts days and hours of UTC, not of each author's own clock. Default false. */
  readonly utc?: boolean;
  /** How many authors, and how many categories, are counted by name. Default 1000. */
  readonly maxNames?: number;
  /** How many days are counted one by one. Default 100,000, which is 273 years. */
  readonly maxDays?: number;
}

/**
 * Counts activities by day, by hour and weekday, by author and by category.
 *
 * - The day and the hour are those of the author's zone where it is known, else of UTC.
 * - An activity counts once for each `add`; who reads one twice has to know that by its uid. One that is `removed` counts
 *   nothing.
 * - Takes a bounded amount of memory, whatever is added, and its numbers always add up.
 */
export class ActivityStats {
  readonly #utc: boolean;
  readonly #maxDays: number;
  readonly #days = new Map<number, number>();
  readonly #hours = new Array<number>(7 * 24).fill(0);
  readonly #authors: NameCounts;
  readonly #categories: NameCounts;
  #total = 0;
  #undated = 0;
  #otherDays = 0;
  #firstMs = Number.POSITIVE_INFINITY;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(options: ActivityStatsOptions = {}) {
    const { utc = false, maxNames = 1000, maxDays = 100_000 } = options;
    this.#utc = utc;
    this.#maxDays = maxDays;
    this.#authors = new NameCounts(maxNames);
    this.#categories = new NameCounts(maxNames);
  }

  /** How many activities were counted. */
  get total(): number {
    return this.#total;
  }

  add(activity: Activity): void {
    if (activity.removed === true) return;
    const time = localTime(activity.startMs, this.#utc ? 0 : zoneOf(activity));
    if (time === undefined) {
      this.#undated += 1;
      return;
    }
    this.#total += 1;
    if (activity.startMs < this.#firstMs) this.#firstMs = activity.startMs;
    if (activity.startMs > this.#lastMs) this.#lastMs = activity.startMs;
    this.#addDay(time.day);
    const slot = weekdayOf(time.day) * 24 + time.hour;
    this.#hours[slot] = (this.#hours[slot] ?? 0) + 1;
    this.#authors.add(authorName(activity));
    for (const category of new Set(activity.categories)) this.#categories.add(category);
  }

  /** How many activities each day has, days since 1970-01-01, in no order. */
  days(): ReadonlyMap<number, number> {
    return this.#days;
  }

  toJSON(): ActivityStatsData {
    const days: Record<string, number> = {};
    for (const [day, count] of [...this.#days].sort(([a], [b]) => a - b)) days[dayKey(day)] = count;
    return {
      total: this.#total,
      undated: this.#undated,
      firstMs: this.#total === 0 ? null : this.#firstMs,
      lastMs: this.#total === 0 ? null : this.#lastMs,
      days,
      otherDays: this.#otherDays,
      hourByWeekday: Array.from({ length: 7 }, (_, weekday) => this.#hours.slice(weekday * 24, weekday * 24 + 24)),
      byAuthor: this.#authors.toJSON(),
      otherAuthors: this.#authors.others,
      byCategory: this.#categories.toJSON(),
      otherCategories: this.#categories.others,
    };
  }

  #addDay(day: number): void {
    const count = this.#days.get(day);
    if (count === undefined && this.#days.size >= this.#maxDays) this.#otherDays += 1;
    else this.#days.set(day, (count ?? 0) + 1);
  }
}
