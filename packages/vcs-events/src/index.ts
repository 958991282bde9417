export type { Commit, FileAction, FileChange, Signature } from './commit.ts';
export { metricNames } from './metrics.ts';
export type { AuthorPattern, CommitFilter, Cursor, Progress, ReadOptions, Rewrite } from './options.ts';
export { VcsEventsError, type VcsEventsErrorCode } from './vcs-events-error.ts';
