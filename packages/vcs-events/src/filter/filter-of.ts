import type { Metrics } from '@sluice/pipeline';
import { matchesAuthor } from '../author/matches-author.ts';
import type { Commit } from '../commit.ts';
import { metricNames } from '../metrics.ts';
import type { CommitFilter } from '../options.ts';
import { detached } from './detached.ts';
import { touchesPath } from './touches-path.ts';

/**
 * Leaves of each batch the commits that meet all conditions, and counts: `read = emitted + filtered`.
 *
 * `paths` looks at each commit's `files`: a reader whose program selects by path leaves `paths` out.
 */
export function filterOf(
  options: CommitFilter & { readonly metrics?: Metrics | undefined },
): (commits: readonly Commit[]) => readonly Commit[] {
  const { metrics } = options;
  const conditions = conditionsOf(options);
  const select = (commits: readonly Commit[]): readonly Commit[] => {
    const left = commits.filter((commit) => conditions.every((test) => test(commit)));
    // Copying costs time. Where half of what is kept in memory is wanted, it is not worth it.
    return left.length * 2 > commits.length ? left : left.map(detached);
  };
  return (commits) => {
    const left = conditions.length === 0 ? commits : select(commits);
    metrics?.add(metricNames.read, commits.length);
    metrics?.add(metricNames.emitted, left.length);
    metrics?.add(metricNames.filtered, commits.length - left.length);
    return left;
  };
}

function conditionsOf({ authors, fromMs, untilMs, paths }: CommitFilter): readonly ((commit: Commit) => boolean)[] {
  const conditions: ((commit: Commit) => boolean)[] = [];
  if (fromMs !== undefined) conditions.push(({ author }) => author.timeMs !== undefined && author.timeMs >= fromMs);
  if (untilMs !== undefined) conditions.push(({ author }) => author.timeMs !== undefined && author.timeMs < untilMs);
  if (authors !== undefined) {
    const isMeant = matchesAuthor(authors);
    conditions.push(({ author }) => isMeant(author));
  }
  if (paths !== undefined) conditions.push(touchesPath(paths));
  return conditions;
}
