import { type FailureKind, failureOf } from '../failure-of.ts';

/** What Mercurial says, which under HGPLAIN is English. */
const kinds: readonly FailureKind[] = [
  ['ERR_VCS_EVENTS_NO_REPOSITORY', /no repository found|repository .* not found|not a Mercurial bundle/],
  ['ERR_VCS_EVENTS_LOCKED', /timed out waiting for lock|waiting for lock|repository is locked/],
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
