import type { ReadOptions } from '../options.ts';

/** How `svn log --xml` is read. */
export interface SvnLogOptions {
  /**
   * `scanner`: ours, for the elements that Subversion writes. `fast-xml-parser`: the library, entry by entry; about
   * twelve times slower, with the same result. Default `scanner`.
   */
  readonly parser?: 'scanner' | 'fast-xml-parser';
  /** Longest entry as XML, with all that it merged. One beyond it ends the stream. Default 64 MiB. */
  readonly maxCommitBytes?: number;
}

export interface SvnOptions extends ReadOptions, SvnLogOptions {
  /** First and last revision, both included. Following needs `HEAD` as the last. Default `[0, 'HEAD']`. */
  readonly range?: readonly [from: number, to: number | 'HEAD'];
  /** Reads the revisions that each revision merged too, as {@link Commit.merged}. Slow on a server. Default false. */
  readonly mergeHistory?: boolean;
  /**
   * Messages, authors and dates of revisions can be edited later. So many of the last revisions are read again, at
   * each look when following, and emitted again, with the same id, where something was edited. With a cursor, so many
   * revisions before it are emitted again: nothing tells what they were then. At most 100,000. Default 0.
   */
  readonly recheckRevisions?: number;
}
