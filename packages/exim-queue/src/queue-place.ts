/** Where a queue is and how it is read: plain data that is found once and then handed around. */
export interface QueuePlace {
  /** `spool`: its files are read. `exim`: they may not be, and the text of `exim -bpr` is read instead. */
  readonly backend: 'spool' | 'exim';
  /** Why it is not read from the files, with the cure; one line. Absent for `spool`. */
  readonly backendReason?: string;
  /** Absolute path of `spool_directory`. */
  readonly spoolDirectory: string;
  /** What told the spool's place: the caller, Exim (`-bP spool_directory`), or Debian's default. */
  readonly spoolFrom: 'option' | 'exim' | 'default';
  /** The queue: `''` for the main one, a name, `'*'` for all. */
  readonly queue: string;
  /** Whether frozen messages that were put aside (`Finput`) belong to it. */
  readonly aside: boolean;
  /** Path of Exim; absent where there is none, and actions then fail with `NO_EXIM`. */
  readonly exim?: string;
  /** Exim's configuration (`-C`), when the caller named one. */
  readonly config?: string;
}
