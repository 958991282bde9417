import type { LogLevel } from './log-level.ts';

/** Numbers of syslog's facilities (RFC 5424, table 1). */
export const facilities: ReadonlyMap<string, number> = new Map([
  ...['kern', 'user', 'mail', 'daemon', 'auth', 'syslog', 'lpr', 'news', 'uucp', 'cron', 'authpriv', 'ftp'].map(
    (name, number) => [name, number] as const,
  ),
  ...Array.from({ length: 8 }, (_, index) => [`local${index}`, 16 + index] as const),
]);

/** Numbers of syslog's severities (RFC 5424, table 2) for our levels. */
const severities: Readonly<Record<LogLevel, number>> = {
  CRITICAL: 2,
  ERROR: 3,
  WARNING: 4,
  NOTICE: 5,
  INFO: 6,
  MSG: 6,
  DEBUG: 7,
  TRACEDEBUG: 7,
  HEAVYDEBUG: 7,
};

/** `<PRI>` as it stands in front of a syslog message. */
export const syslogPriority = (level: LogLevel, facility: string): string =>
  `<${(facilities.get(facility) ?? 3) * 8 + severities[level]}>`;
