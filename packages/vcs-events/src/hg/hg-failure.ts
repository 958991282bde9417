import { type FailureKind, failureOf } from '../failure-of.ts';

/** What Mercurial says, which under HGPLAIN is English. */
const kinds: readonly FailureKind[] = [
  [
    'ERR_VCS_EVENTS_NO_REPOSITORY',
    /requires features unknown to this Mercurial/,
    'install a newer Mercurial, or the extension that made the repository and name it in your own hgrc',
  ],
  [
    'ERR_VCS_EVENTS_NO_REPOSITORY',
    /no repository found|repository .* not found|requires file is corrupt|sharedpath points to|unknown version \(|Permission denied/,
  ],
  ['ERR_VCS_EVENTS_LOCKED', /waiting for lock|repository is locked/],
  ['ERR_VCS_EVENTS_REVISION', /unknown revision|hidden revision|ambiguous identifier|no such revision/],
];

/** An error that reading with Mercurial ended with, as this package tells it. Others pass. */
export const hgFailure = (error: unknown, repository: string): unknown =>
  failureOf(error, repository, { program: 'hg', debianPackage: 'mercurial', kinds, tell });

/** The line that says why, else the last. */
function tell(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  return lines.find((line) => line.startsWith('abort:')) ?? lines.at(-1) ?? '';
}
