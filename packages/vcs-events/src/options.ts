import type { Metrics, RejectSink } from '@sluice/pipeline';
import type { Signature } from './commit.ts';

/**
 * Who: a name, a login or an address, exact but for the case of letters; or one with `*` (any text) and `?` (any one
 * character), which is compared with the name, the address and `Name <address>`, in linear time; or a function.
 */
export type AuthorPattern = string | ((author: Signature) => boolean);

/** Where reading or following has got to; plain JSON, to be stored as it is. */
export interface Cursor {
  readonly version: 1;
  /** `git`, `svn` or `hg`. */
  readonly kind: string;
  /** Git: object name by ref (`refs/heads/main`). Subversion: `{ HEAD: '42' }`. Mercurial: nodes by branch, newest
   * first, with a blank between. */
  readonly heads: Readonly<Record<string, string>>;
}

export interface Progress {
  /** Commits read so far. */
  readonly commits: number;
  /** Commits there are, where that is known before the end. */
  readonly total?: number;
  /** `clone`: a remote repository is being fetched; `read`: commits are. */
  readonly phase: 'clone' | 'read';
}

/** A ref whose old commit is not an ancestor of its new one: an amend, a rebase, a forced push. */
export interface Rewrite {
  readonly ref: string;
  readonly from: string;
  readonly to: string;
}

/** Which commits. All conditions given must hold. */
export interface CommitFilter {
  /** Commits by any of these authors. Default: all. */
  readonly authors?: readonly AuthorPattern[];
  /** Author dates from this instant on, milliseconds since the epoch. A commit without a date fails. Default: all. */
  readonly fromMs?: number;
  /** Author dates before this instant. A commit without a date fails. Default: all. */
  readonly untilMs?: number;
  /** Commits that touch these paths or what is below them. Default: all. */
  readonly paths?: readonly string[];
}

/** What every reader takes. */
export interface ReadOptions extends CommitFilter {
  /** `oldest-first` or `newest-first`, in the order of the program. Default `oldest-first`. */
  readonly order?: 'oldest-first' | 'newest-first';
  /** Reads each commit's paths too. Default false. */
  readonly files?: boolean;
  /** Only what has been added since. Default: all. */
  readonly cursor?: Cursor;
  /** Called with the new cursor when all commits up to it have been delivered. */
  readonly onCursor?: (cursor: Cursor) => void;
  /** Goes on with what is added, until unsubscribed or aborted. Only with `oldest-first`. Default false. */
  readonly follow?: boolean;
  /** Longest time between two looks at the repository when following. Default 5,000; Subversion and remote Git 30,000. */
  readonly pollMs?: number;
  /** Called about once a second, and at the end of reading. */
  readonly onProgress?: (progress: Progress) => void;
  /** Longest commit, message and paths together. One beyond it ends the stream. Default 64 MiB. */
  readonly maxCommitBytes?: number;
  /** Name of the repository for people. Default: the last part of its path or address. */
  readonly label?: string;
  /** Commits that are emitted with something amiss: an unreadable date, bytes that are not UTF-8. Default: only counted. */
  readonly rejects?: RejectSink;
  readonly metrics?: Metrics;
  readonly signal?: AbortSignal;
}
