/** Who did something, as far as the source knows. */
export interface ActivityAuthor {
  readonly name?: string;
  /** An address as in mail, without brackets. */
  readonly email?: string;
}

/** Where an activity was read from. One object may serve all activities of a source. */
export interface ActivitySource {
  /** `git`, `svn`, `hg`, `mail`, `ban`, or a word of your own. */
  readonly kind: string;
  /**
   * What makes the source's own ids unique in the world, the same wherever it is read: a Subversion repository's UUID, a
   * host's name. Stands after the `@` of each uid.
   */
  readonly id: string;
  /** The source's name for people: of a repository, a mail folder, a jail. */
  readonly label?: string;
  readonly url?: string;
}

/**
 * Something that somebody did at some time: what commits, mails and bans have in common, and what a calendar takes.
 *
 * The same thing read again, also on another machine, has the same {@link uid}.
 */
export interface Activity {
  /** `<the source's own id>@<source.id>`, stable and unique: iCalendar's UID (RFC 5545, 3.8.4.7). */
  readonly uid: string;
  readonly source: ActivitySource;
  /** When it began, or the instant that it happened at: milliseconds since the epoch. */
  readonly startMs: number;
  /** When it ended. Absent for an instant, of which a sink makes a slot as it likes. */
  readonly endMs?: number;
  /** Offset of the author's clock from UTC in minutes, east positive, where known. */
  readonly tzMinutes?: number;
  /** When it was put on record (a commit's committer date), where that differs from when it was done. */
  readonly recordedMs?: number;
  /** One line. */
  readonly title: string;
  readonly text?: string;
  readonly author?: ActivityAuthor;
  readonly categories?: readonly string[];
  readonly url?: string;
  /** How often it has changed since it was first told of: a ban that was lengthened is 1. Default 0. */
  readonly sequence?: number;
  /** True for one that is to be taken out again; all but `uid` is then ignored. */
  readonly removed?: boolean;
}
