import type { Address } from './address.ts';

/** One failed attempt that a filter found in a log: fail2ban's ticket before it is counted. */
export interface Failure {
  /** What is counted and banned: the address's text, or the filter's own id (`<F-ID>`). */
  readonly id: string;
  /** The validated address, absent only for an id that is no address. */
  readonly address?: Address;
  /** Event time from the log line, milliseconds since the epoch; fail2ban's whole seconds. */
  readonly timeMs: number;
  /** Path of the source. */
  readonly path: string;
  /** With {@link offset}, the failure's identity: `(sourceId, offset)` is the same line after a restart or replay. */
  readonly sourceId: string;
  /** Byte offset of the line in its source. */
  readonly offset: number;
  /** The whole line, date included, without its break; invalid UTF-8 as U+FFFD. Who keeps failures may cut long ones: `leanFailure`. */
  readonly line: string;
  /** All lines that led to it, the last ones of them, oldest first and {@link line} last; absent where it is that alone. */
  readonly matches?: readonly string[];
  /** Named groups that took part in the match (`user`, `port`, …), by fail2ban's names. */
  readonly groups: Readonly<Record<string, string>>;
  /** Index of the failregex that matched. */
  readonly pattern: number;
}
