import type { LogLevel } from './log-level.ts';

/** One message of the log. */
export interface LogRecord {
  readonly timeMs: number;
  /** The logger's, `fail2ban.actions` for one. */
  readonly name: string;
  readonly level: LogLevel;
  /** One line: control characters are escaped. */
  readonly message: string;
  readonly pid: number;
}
