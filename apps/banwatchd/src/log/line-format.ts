import { formatTimeMs } from './fail2ban-time.ts';
import type { LogRecord } from './log-record.ts';
import type { LogTarget } from './log-target.ts';
import { pythonFormat } from './python-format.ts';

/** Makes the line of a record. */
export type LineFormat = (record: LogRecord) => string;

/**
 * fail2ban's own line, `2026-12-01 16:05:37,417 fail2ban.actions        [4711]: NOTICE  [apache] Ban 192.0.2.1`: local time,
 * logger's name padded to 24, level to 7. Without `datetime` it begins with the name, without `padding` nothing is padded.
 */
export function fail2banFormat(datetime: boolean, padding: boolean): LineFormat {
  const [nameWidth, levelWidth] = padding ? [24, 7] : [0, 0];
  return ({ timeMs, name, level, message, pid }) => {
    const head = datetime ? `${formatTimeMs(timeMs)} ` : '';
    return `${head}${name.padEnd(nameWidth)}[${pid}]: ${level.padEnd(levelWidth)} ${message}`;
  };
}

/** The lines of a target: as its `format` says, bare messages for the journal, which keeps the rest in fields, else fail2ban's. */
export function lineFormat({ kind, format, datetime, padding }: LogTarget): LineFormat {
  if (kind === 'journal') return ({ message }) => message;
  return format === undefined ? fail2banFormat(datetime, padding) : pythonFormat(format);
}
