/** fail2ban's log levels, most important first, as its `loglevel` setting names them. */
export const logLevels = [
  'CRITICAL',
  'ERROR',
  'WARNING',
  'NOTICE',
  'INFO',
  'MSG',
  'DEBUG',
  'TRACEDEBUG',
  'HEAVYDEBUG',
] as const;

export type LogLevel = (typeof logLevels)[number];

/** The levels as numbers, as `%(levelno)d` of a log format shows them. */
export const levelNumbers: Readonly<Record<LogLevel, number>> = {
  CRITICAL: 50,
  ERROR: 40,
  WARNING: 30,
  NOTICE: 25,
  INFO: 20,
  MSG: 18,
  DEBUG: 10,
  TRACEDEBUG: 7,
  HEAVYDEBUG: 5,
};

const aliases: ReadonlyMap<string, LogLevel> = new Map([
  ['FATAL', 'CRITICAL'],
  ['WARN', 'WARNING'],
  ['NOTSET', 'HEAVYDEBUG'],
]);

/** Reads a `loglevel` setting: a name in any case, or a number that a message's must reach; undefined when it is neither. */
export function parseLogLevel(text: string): LogLevel | undefined {
  const upper = text.trim().toUpperCase();
  if (/^\d{1,9}$/.test(upper)) {
    const least = Number(upper);
    return logLevels.findLast((level) => levelNumbers[level] >= least) ?? 'CRITICAL';
  }
  return aliases.get(upper) ?? logLevels.find((level) => level === upper);
}
