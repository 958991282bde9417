export { BanwatchdError } from './banwatchd-error.ts';
export { type Daemon, startDaemon } from './daemon.ts';
export { type Fail2banLogOptions, fail2banLog, type Logger } from './fail2ban-log.ts';
export { type LogLevel, logLevels, parseLogLevel } from './log-level.ts';
export type { DaemonOptions } from './options.ts';
export type { DaemonStats } from './stats.ts';
export { summaryLines } from './summary.ts';
