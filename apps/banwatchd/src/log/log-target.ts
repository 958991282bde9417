/** Where the log goes, as fail2ban's `logtarget` names it. */
export interface LogTarget {
  readonly kind: 'file' | 'stdout' | 'stderr' | 'syslog' | 'journal' | 'sysout';
  /** As it was written, without its options: a path, `STDOUT`, `SYSLOG`, … */
  readonly text: string;
  /** Of a file. */
  readonly path?: string;
  /** Begin each line with the time. Default: true for files, stdout and stderr. */
  readonly datetime: boolean;
  /** Pad names and levels to columns. Default: true, save for syslog. */
  readonly padding: boolean;
  /** The whole line, in the notation of Python's logging. Default: fail2ban's own line. */
  readonly format?: string;
  /** Of syslog. Default `daemon`. */
  readonly facility: string;
}
