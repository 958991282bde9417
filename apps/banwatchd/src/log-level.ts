/** fail2ban's log levels, most important first, as its `loglevel` setting names them. */
export const logLevels = ['CRITICAL', 'ERROR', 'WARNING', 'NOTICE', 'INFO', 'DEBUG'] as const;

export type LogLevel = (typeof logLevels)[number];

/** Reads a `loglevel` setting in any case; undefined when there is no such level. */
export function parseLogLevel(text: string): LogLevel | undefined {
  const upper = text.toUpperCase();
  return logLevels.find((level) => level === upper);
}
