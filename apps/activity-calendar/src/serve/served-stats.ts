import { ActivityStats } from '../stats/activity-stats.ts';
import type { ActivityStatsData } from '../stats/activity-stats-data.ts';
import { type LevelLimits, levelLimits } from '../stats/levels.ts';
import { matchesFilter, parseFilter } from './activity-filter.ts';
import type { ActivityStore } from './activity-store.ts';
import { inTurns } from './in-turns.ts';

const maxCached = 16;

/** The numbers of a page: what `ActivityStats` counted, and which counts make which shade. */
export interface StatsView extends ActivityStatsData {
  readonly dayLevels: LevelLimits;
  readonly hourLevels: LevelLimits;
}

interface Cached {
  readonly version: number;
  readonly view: Promise<StatsView>;
}

/** Counts what a store holds, for each query anew when the store has changed; the last 16 answers are kept. */
export class ServedStats {
  readonly #store: ActivityStore;
  readonly #utc: boolean;
  readonly #cache = new Map<string, Cached>();

  constructor(store: ActivityStore, utc: boolean) {
    this.#store = store;
    this.#utc = utc;
  }

  /** Takes `from`, `to`, `author`, `category` and `q`. Rejects with a {@link QueryError}. */
  view(query: URLSearchParams): Promise<StatsView> {
    const filter = parseFilter(query);
    const key = JSON.stringify(filter);
    const { version } = this.#store;
    const cached = this.#cache.get(key);
    this.#cache.delete(key);
    const view = cached?.version === version ? cached.view : this.#count(matchesFilter(filter, this.#utc));
    this.#cache.set(key, { version, view });
    for (const oldest of this.#cache.keys()) {
      if (this.#cache.size <= maxCached) break;
      this.#cache.delete(oldest);
    }
    return view;
  }

  async #count(matches: ReturnType<typeof matchesFilter>): Promise<StatsView> {
    const stats = new ActivityStats({ utc: this.#utc });
    await inTurns(this.#store.newestFirst(), 0, (activity) => {
      if (matches(activity)) stats.add(activity);
      return true;
    });
    const data = stats.toJSON();
    return {
      ...data,
      dayLevels: levelLimits(Object.values(data.days)),
      hourLevels: levelLimits(data.hourByWeekday.flat()),
    };
  }
}
