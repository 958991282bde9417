import type { Activity } from '@sluice/pipeline';
import { CounterMetrics } from '@sluice/pipeline';
import { type Commit, commitActivity, metricNames, type ReadOptions } from '@sluice/vcs-events/batches';
import { svn2icalActivity, svn2icalAuthors } from '../compat/svn2ical.ts';
import type { SourceSpec } from '../config/source-spec.ts';
import { confidentialActivity } from './confidential-activity.ts';
import type { SourceOptions } from './source-options.ts';

/** What the readers of all version controls take, from what is said of a source. */
function readOptions(spec: SourceSpec, options: SourceOptions, metrics: CounterMetrics): ReadOptions {
  const { author, since, until, path, label, compat } = spec;
  const { follow, anyOrder, signal, rejects, cursor, onCursor, onTotal } = options;
  return {
    metrics,
    signal,
    rejects,
    ...(author === undefined ? {} : { authors: compat === 'svn2ical' ? svn2icalAuthors(author) : author }),
    ...(since === undefined ? {} : { fromMs: since.fromMs }),
    ...(until === undefined ? {} : { untilMs: until.untilMs }),
    ...(path === undefined ? {} : { paths: path }),
    ...(label === undefined ? {} : { label }),
    // Git finds the newest first: for the oldest, it has to walk through all of its history before it can begin.
    ...(anyOrder === true && spec.kind === 'git' ? { order: 'newest-first' } : {}),
    ...(follow === true ? { follow } : {}),
    ...(cursor === undefined ? {} : { cursor }),
    ...(onCursor === undefined ? {} : { onCursor }),
    ...(onTotal === undefined ? {} : { onProgress: ({ total }) => total !== undefined && onTotal(total) }),
  };
}

/** The reader of one version control. */
type OpenBatches = (options: ReadOptions) => AsyncIterable<readonly Commit[]>;

/** The commits of a repository as activities, a batch for each batch. A commit without a date is a reject. */
export async function* commitActivities(
  spec: SourceSpec,
  options: SourceOptions,
  open: OpenBatches,
): AsyncGenerator<readonly Activity[], void, undefined> {
  const { link, confidential, compat } = spec;
  const metrics = new CounterMetrics();
  const told = (): void => options.onRead?.(metrics.get(metricNames.read));
  const toActivity = (commit: Commit): Activity | undefined => {
    const activity = commitActivity(commit, link === undefined ? {} : { link });
    if (activity === undefined) return undefined;
    if (compat === 'svn2ical') return svn2icalActivity(activity, commit);
    return confidential === true ? confidentialActivity(activity) : activity;
  };
  try {
    for await (const commits of open(readOptions(spec, options, metrics))) {
      const activities: Activity[] = [];
      for (const commit of commits) {
        const activity = toActivity(commit);
        if (activity !== undefined) activities.push(activity);
        else options.rejects.next(withoutDate(commit));
      }
      told();
      yield activities;
    }
  } finally {
    told();
  }
}

const withoutDate = ({ id, repository }: Commit) => ({
  component: 'activity-calendar',
  code: 'ERR_ACTIVITY_CALENDAR_ACTIVITY',
  reason: 'a commit without a date has no place in a calendar',
  value: `${repository.label ?? repository.kind} ${id}`,
});
