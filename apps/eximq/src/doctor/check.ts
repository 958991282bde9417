/** What was found out about one thing. */
export interface Check {
  readonly level: 'ok' | 'warn' | 'bad';
  /** What was looked at: `spool`. */
  readonly what: string;
  /** One line. */
  readonly text: string;
  /** What to do about it. */
  readonly cure?: string;
}
