import { randomBytes } from 'node:crypto';
import { CalendarFeed } from '@sluice/ical-sink/batches';
import type { Activity } from '@sluice/pipeline';
import { ActivityStore } from './activity-store.ts';
import { ProblemList } from './problem-list.ts';
import type { ServeOptions } from './serve-options.ts';
import { ServedStats } from './served-stats.ts';

const defaultMaxActivities = 200_000;
const maxFeedBytes = 256 * 1024 * 1024;

/** How far the reading of the activities has come. */
export type ReadingState = 'reading' | 'complete' | 'failed';

/** All that a server shows: the activities as a list, as numbers and as a feed, and what went wrong. */
export class Site {
  readonly name: string;
  readonly utc: boolean;
  readonly store: ActivityStore;
  readonly stats: ServedStats;
  readonly feed: CalendarFeed;
  readonly problems: ProblemList = new ProblemList();
  state: ReadingState = 'reading';
  readonly #moreProblems: () => readonly string[];
  /** Versions of another process are other versions. */
  readonly #run: string = randomBytes(6).toString('base64url');

  constructor(
    options: Pick<ServeOptions, 'calendar' | 'token' | 'utc' | 'maxActivities' | 'problems' | 'rejects' | 'metrics'>,
  ) {
    const {
      calendar,
      token,
      utc = false,
      maxActivities = defaultMaxActivities,
      problems = () => [],
      rejects,
      metrics,
    } = options;
    this.name = calendar.name ?? 'Activities';
    this.utc = utc;
    this.store = new ActivityStore(maxActivities);
    this.stats = new ServedStats(this.store, utc);
    this.feed = new CalendarFeed({
      ...calendar,
      ...(token === undefined ? {} : { token }),
      ...(rejects === undefined ? {} : { rejects }),
      ...(metrics === undefined ? {} : { metrics }),
      maxEvents: maxActivities,
      maxBytes: maxFeedBytes,
      path: '/calendar.ics',
    });
    this.#moreProblems = problems;
  }

  put(activities: readonly Activity[]): void {
    this.store.put(activities);
    this.feed.put(activities);
  }

  problemLines(): readonly string[] {
    return this.problems.list(this.#moreProblems());
  }

  /** Changes with everything that `/api/stats` tells, save the problems. */
  get version(): string {
    return `${this.#run}-${this.store.version}-${this.state}`;
  }
}
