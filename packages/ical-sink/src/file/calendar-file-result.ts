/** One file of a calendar, as it stands now. */
export interface CalendarFileState {
  readonly path: string;
  readonly events: number;
  readonly bytes: number;
  /** False when the file was left alone, because it would have become what it was. */
  readonly changed: boolean;
}

/** What became of the activities that a {@link CalendarFile} was given. */
export interface CalendarFileResult {
  /** The files that were written or looked at, by period and number. */
  readonly files: readonly CalendarFileState[];
  /** Events that were not there before; with `replace` all of a file that was changed. */
  readonly added: number;
  /** Events that were there in another form. */
  readonly replaced: number;
  /** Events that were taken out. */
  readonly removed: number;
  /** Events that were there already, byte for byte or with a higher `sequence`, and were given again. */
  readonly kept: number;
  /** Activities that were left out; `rejects` has the reasons. */
  readonly rejected: number;
}
