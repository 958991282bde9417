import type { ActivitySource } from '@sluice/pipeline';

/** Who did something to a repository and when: Git's signature. */
export interface Signature {
  /** Subversion: the login. Empty where the repository has none. */
  readonly name: string;
  /** Without brackets; empty where there is none. */
  readonly email: string;
  /** Milliseconds since the epoch. Absent where the repository has no date or none that can be read. */
  readonly timeMs?: number;
  /** Minutes east of UTC. Absent where it is not known or beyond 14 hours. */
  readonly tzMinutes?: number;
  /** The date or zone as written, only where it could not be read. */
  readonly rawDate?: string;
}

/** How a commit changed a path. */
export type FileAction = 'added' | 'modified' | 'deleted' | 'replaced' | 'renamed' | 'copied';

/** One path that a commit changed. Paths are data: never open them without a check. */
export interface FileChange {
  readonly path: string;
  /** Absent where the program does not tell: of Mercurial, and of Git with `lines: true` unless it is a rename. */
  readonly action?: FileAction;
  /** Where it was renamed or copied from. */
  readonly from?: string;
  /** Subversion: the revision of {@link from}. */
  readonly fromRevision?: string;
  /** Lines added, null for a binary file; only where line counts were asked for (`lines: true`, Git). */
  readonly added?: number | null;
  /** Lines deleted, null for a binary file. */
  readonly deleted?: number | null;
}

/** One commit, revision or changeset. */
export interface Commit {
  /** The repository: `kind` is `git`, `svn` or `hg`. One object for all commits of a subscription. */
  readonly repository: ActivitySource;
  /** Object name, revision number (`42`), or node. */
  readonly id: string;
  /** Ids, first parent first; empty for a root and for Subversion. */
  readonly parents: readonly string[];
  readonly author: Signature;
  /** Subversion and Mercurial: the author again. */
  readonly committer: Signature;
  /** Whole message; what is not UTF-8 as U+FFFD. Empty where there is none. */
  readonly message: string;
  /** Mercurial's named branch; Subversion's, from its paths, where they were read and agree; Git's ref when asked for. */
  readonly branch?: string;
  /** What changed, only with `files: true` or `lines: true`. */
  readonly files?: readonly FileChange[];
  /** Subversion with `mergeHistory: true`: the revisions that this one merged. */
  readonly merged?: readonly Commit[];
}
