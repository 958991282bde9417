/** A path of an entry, as Subversion writes it. */
export interface SvnLogPath {
  /** From the root of the repository, with a slash before it. */
  readonly path: string;
  /** `A` added, `M` modified, `D` deleted, `R` replaced; empty where it is missing. */
  readonly action: string;
  /** `file`, `dir`, or empty where Subversion does not know it. */
  readonly kind: string;
  readonly copyFromPath?: string;
  readonly copyFromRevision?: string;
}

/** One `<logentry>` of `svn log --xml`. What was missing is undefined; an empty element is an empty text. */
export interface SvnLogEntry {
  readonly revision: number;
  readonly author: string | undefined;
  /** As written. */
  readonly date: string | undefined;
  readonly message: string | undefined;
  /** Only of `svn log -v`. */
  readonly paths: readonly SvnLogPath[] | undefined;
  /** The entries that this one merged, only of `svn log -g`. */
  readonly merged: readonly SvnLogEntry[] | undefined;
  /** Whether bytes of it, not of those it merged, are no UTF-8 and were replaced by U+FFFD. */
  readonly isDamaged: boolean;
}

/** Reads the bytes of `svn log --xml`, however they are divided. */
export interface SvnLogReader {
  /** The entries that this chunk makes whole. Those before something wrong are returned before it is thrown. */
  feed(chunk: Uint8Array): readonly SvnLogEntry[];
  /** Entries that are left; throws when the log is not whole. */
  end(): readonly SvnLogEntry[];
}
