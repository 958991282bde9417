import type { Clock } from '@sluice/pipeline';
import { type LogLevel, logLevels } from './log-level.ts';
import type { LogRecord } from './log-record.ts';

/** Writes messages of one part of the daemon, at the level that the method is named after. */
export type Logger = { readonly [L in Lowercase<LogLevel>]: (message: string) => void };

/** Gives the logger of a name, `fail2ban.actions` for one. */
export type Fail2banLog = (name: string) => Logger;

export interface LogOutlet {
  /** Least important level that is taken; asked for each message, so that it may change. */
  readonly level: LogLevel;
  take(record: LogRecord): void;
}

// What a log line says comes from logs and configuration: a control character would forge a second line.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029]/g;
const escaped = (char: string): string => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;

/** Loggers whose messages go to an outlet as records, with the control characters in them written as `\xhh`. */
export function makeLog(outlet: LogOutlet, clock: Clock, pid: number): Fail2banLog {
  return (name) => {
    const methods = logLevels.map((level, index) => {
      const log = (message: string): void => {
        if (index > logLevels.indexOf(outlet.level)) return;
        outlet.take({ timeMs: clock.nowMs(), name, level, message: message.replace(controls, escaped), pid });
      };
      return [level.toLowerCase(), log] as const;
    });
    return Object.fromEntries(methods) as unknown as Logger;
  };
}
