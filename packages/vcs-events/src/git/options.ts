import type { ReadOptions, Rewrite } from '../options.ts';

export interface GitOptions extends ReadOptions {
  /**
   * What to read, as `git rev-parse` takes it: `main`, `v1.0..main`, `HEAD~10`. Nothing that begins with a dash.
   * Default: all local branches, and HEAD where it is detached.
   */
  readonly revisions?: readonly string[];
  /** Only this branch, `main` or a whole `refs/remotes/origin/main`; commits then have it as their `branch`. Default: all. */
  readonly branch?: string;
  /** Reads each commit's paths with numbers of lines; takes more time than `files`. Default false. */
  readonly lines?: boolean;
  /** Called before the new commits of a branch whose old ones were replaced: an amend, a rebase, a forced push. */
  readonly onRewrite?: (rewrite: Rewrite) => void;
  /** Folder for the metadata of remote repositories, made when it is missing. Required for an address; no default. */
  readonly cacheDirectory?: string;
}
