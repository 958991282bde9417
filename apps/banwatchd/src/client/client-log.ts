import { fail2banLog, type Logger } from '../log/fail2ban-log.ts';
import type { LogLevel } from '../log/log-level.ts';

const levels: readonly LogLevel[] = ['ERROR', 'WARNING', 'INFO', 'DEBUG', 'HEAVYDEBUG'];

/** The client's messages, in the log's format, as `fail2ban-client` writes them. */
export const clientLog = (verbosity: number, stderr: (text: string) => void): Logger =>
  fail2banLog({
    write: (line) => stderr(`${line}\n`),
    level: levels[Math.min(Math.max(verbosity, 0), levels.length - 1)] ?? 'WARNING',
  })('fail2ban');
