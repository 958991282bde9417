import type { Activity } from '@sluice/pipeline';
import { filter, map, type OperatorFunction } from 'rxjs';
import type { Commit } from '../commit.ts';
import { Reports } from '../reports.ts';
import { commitActivity } from './commit-activity.ts';
import type { ToActivitiesOptions } from './options.ts';

/**
 * Makes an activity of each commit, see {@link commitActivity}.
 *
 * A commit without a date is reported to `rejects` with `ERR_VCS_EVENTS_DATE`, counted, and left out.
 *
 * ```ts
 * gitCommits('.').pipe(toActivities({ link: 'https://example.org/commit/{id}' })).subscribe(console.log);
 * ```
 */
export function toActivities(options: ToActivitiesOptions = {}): OperatorFunction<Commit, Activity> {
  const reports = new Reports(options);
  const convert = (commit: Commit): Activity | undefined => {
    const activity = commitActivity(commit, options);
    if (activity === undefined) {
      reports.add('ERR_VCS_EVENTS_DATE', `commit ${commit.id} has no date that can be read`, commit.id);
    }
    return activity;
  };
  return (commits) =>
    commits.pipe(
      map(convert),
      filter((activity) => activity !== undefined),
    );
}
