import type { Metrics, RejectSink } from '@sluice/pipeline';
import type { Commit } from '../commit.ts';

/** How a commit becomes an activity. */
export interface ActivityOptions {
  /** Address of a commit's page, with `{id}` in the place of its id: `https://example.org/commit/{id}`. Default: none. */
  readonly link?: string;
  /** One line for a commit. Default: the first line of its message that is not blank, of Subversion after `r<revision>`. */
  readonly title?: (commit: Commit) => string;
}

/** Options of `toActivities`. */
export interface ToActivitiesOptions extends ActivityOptions {
  /** Commits without a date, which no calendar can hold. Default: only counted. */
  readonly rejects?: RejectSink;
  readonly metrics?: Metrics;
}
