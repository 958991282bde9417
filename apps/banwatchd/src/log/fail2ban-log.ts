import { type Clock, systemClock } from '@sluice/pipeline';
import { fail2banFormat } from './line-format.ts';
import type { LogLevel } from './log-level.ts';
import { type Fail2banLog, makeLog } from './make-log.ts';

export type { Fail2banLog, Logger } from './make-log.ts';

export interface Fail2banLogOptions {
  /** Takes each line, without a line break. Default: standard output. */
  readonly write?: (line: string) => void;
  /** Least important level that is written. Default `INFO`. */
  readonly level?: LogLevel;
  readonly clock?: Clock;
  /** Process id in the line. Default: this process's. */
  readonly pid?: number;
}

/**
 * The log that fail2ban writes and that its users' tools and its own `recidive` jail read:
 * `2026-12-01 16:05:37,417 fail2ban.actions        [4711]: NOTICE  [apache] Ban 192.0.2.1`
 * (local time, logger's name padded to 24, level to 7).
 *
 * A message is one line: control characters in it are written as `\xhh`.
 */
export function fail2banLog(options: Fail2banLogOptions = {}): Fail2banLog {
  const { write = (line) => process.stdout.write(`${line}\n`), level = 'INFO', clock = systemClock } = options;
  const format = fail2banFormat(true, true);
  return makeLog({ level, take: (record) => write(format(record)) }, clock, options.pid ?? process.pid);
}
