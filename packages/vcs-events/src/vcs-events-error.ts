import { ComponentError, type ComponentErrorDetails } from '@sluice/pipeline';

/**
 * What a {@link VcsEventsError} or a reject of this package can be about:
 * - `OPTION`: an option has a value that it cannot have (thrown at the call);
 * - `NO_PROGRAM`: `git`, `svn` or `hg` is not installed;
 * - `NO_REPOSITORY`: nothing at the path or address that can be read as a repository;
 * - `REVISION`: a revision, branch or path that the repository does not have;
 * - `AUTHENTICATION`: the server refuses without a password, key or certificate that is not at hand;
 * - `LOCKED`: another process holds a lock on the repository;
 * - `NETWORK`: the server cannot be reached;
 * - `FAILED`: the program failed for another reason, with its own words;
 * - `KILLED`: the program was ended by a signal;
 * - `TRUNCATED`: the program's output ends within a commit;
 * - `FORMAT`: the program's output is not what it should be;
 * - `TOO_LARGE`: one commit exceeds `maxCommitBytes`;
 * - `DATE`: a commit whose date cannot be read (a reject; the commit is emitted all the same);
 * - `TEXT`: bytes that are not UTF-8 (a reject; the commit is emitted with U+FFFD in their place).
 */
export type VcsEventsErrorCode = `ERR_VCS_EVENTS_${
  | 'OPTION'
  | 'NO_PROGRAM'
  | 'NO_REPOSITORY'
  | 'REVISION'
  | 'AUTHENTICATION'
  | 'LOCKED'
  | 'NETWORK'
  | 'FAILED'
  | 'KILLED'
  | 'TRUNCATED'
  | 'FORMAT'
  | 'TOO_LARGE'
  | 'DATE'
  | 'TEXT'}`;

/** Any error of this package. Commits that came before it were emitted. */
export class VcsEventsError extends ComponentError {
  override readonly name: string = 'VcsEventsError';
  declare readonly code: VcsEventsErrorCode;

  constructor(code: VcsEventsErrorCode, fault: string, details?: ComponentErrorDetails) {
    super(code, fault, details);
  }
}
