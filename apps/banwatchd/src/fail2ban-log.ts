import { type Clock, systemClock } from '@sluice/pipeline';
import { formatTimeMs } from './fail2ban-time.ts';
import { type LogLevel, logLevels } from './log-level.ts';

/** Writes messages of one part of the daemon, at the level that the method is named after. */
export type Logger = { readonly [L in Lowercase<LogLevel>]: (message: string) => void };

/** Gives the logger of a name, `fail2ban.actions` for one. */
export type Fail2banLog = (name: string) => Logger;

export interface Fail2banLogOptions {
  /** Takes each line, without a line break. Default: standard output. */
  readonly write?: (line: string) => void;
  /** Least important level that is written. Default `INFO`. */
  readonly level?: LogLevel;
  readonly clock?: Clock;
  /** Process id in the line. Default: this process's. */
  readonly pid?: number;
}

// What a log line says comes from logs and configuration: a control character would forge a second line.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029]/g;
const escaped = (char: string): string => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;

/**
 * The log that fail2ban writes and that its users' tools and its own `recidive` jail read:
 * `2026-12-01 16:05:37,417 fail2ban.actions        [4711]: NOTICE  [apache] Ban 192.0.2.1`
 * (local time, logger's name padded to 24, level to 7).
 *
 * A message is one line: control characters in it are written as `\xhh`.
 */
export function fail2banLog(options: Fail2banLogOptions = {}): Fail2banLog {
  const { write = (line) => process.stdout.write(`${line}\n`), level = 'INFO', clock = systemClock } = options;
  const { pid = process.pid } = options;
  const least = logLevels.indexOf(level);
  return (name) => {
    const methods = logLevels.map((of, index) => {
      const head = `${name.padEnd(24)}[${pid}]: ${of.padEnd(7)} `;
      const log = (message: string): void =>
        write(`${formatTimeMs(clock.nowMs())} ${head}${message.replace(controls, escaped)}`);
      return [of.toLowerCase(), index <= least ? log : () => {}] as const;
    });
    return Object.fromEntries(methods) as unknown as Logger;
  };
}
