import { statSync } from 'node:fs';
import { reasonOf } from '@sluice/command-line';
import { BanwatchdError } from '../banwatchd-error.ts';
import { FileWriter } from './file-writer.ts';
import type { LogTarget } from './log-target.ts';
import type { LogWriter, WriterTroubles } from './log-writer.ts';
import { ProgramWriter } from './program-writer.ts';
import { StreamWriter } from './stream-writer.ts';
import { syslogPriority } from './syslog-priority.ts';

const systemSocket = '/dev/log';
/** Longest message that `logger` passes on whole. */
const maxMessage = '8KiB';

export interface WriterOptions {
  /** The process that syslog's lines name. */
  readonly pid: number;
  /** `auto` is `/dev/log`. */
  readonly syslogSocket: string;
  readonly troubles: WriterTroubles;
}

/**
 * Opens where a target's lines go.
 *
 * @throws BanwatchdError `ERR_BANWATCHD_LOG_TARGET`
 */
export function openWriter(target: LogTarget, { pid, syslogSocket, troubles }: WriterOptions): LogWriter {
  switch (target.kind) {
    case 'stdout':
    case 'sysout':
      return new StreamWriter(process.stdout, troubles);
    case 'stderr':
      return new StreamWriter(process.stderr, troubles);
    case 'syslog': {
      const socket = syslogSocket === 'auto' ? systemSocket : syslogSocket;
      checkSocket(socket);
      return new ProgramWriter(
        {
          keyOf: (name) => name,
          argvOf: (name) => [
            ...['logger', '--socket', socket, '--socket-errors=on', '--prio-prefix', '--skip-empty'],
            ...['--size', maxMessage, `--id=${pid}`, '--tag', name],
          ],
          prefixOf: (level) => syslogPriority(level, target.facility),
        },
        troubles,
      );
    }
    case 'journal':
      return new ProgramWriter(
        {
          argvOf: () => ['systemd-cat', '--identifier=fail2ban', '--level-prefix=true'],
          prefixOf: (level) => syslogPriority(level, 'kern'),
        },
        troubles,
      );
    case 'file':
      try {
        return new FileWriter(target.path ?? target.text, troubles);
      } catch (cause) {
        throw new BanwatchdError('ERR_BANWATCHD_LOG_TARGET', `cannot log to ${target.text}: ${reasonOf(cause)}`, {
          cause,
          cure: 'make its folder, or choose another logtarget',
          value: target.text,
        });
      }
  }
}

function checkSocket(path: string): void {
  const isSocket = statSync(path, { throwIfNoEntry: false })?.isSocket() ?? false;
  if (isSocket) return;
  throw new BanwatchdError('ERR_BANWATCHD_LOG_TARGET', `syslog's socket ${path} is not there`, {
    cure: 'start the syslog daemon, set syslogsocket, or choose another logtarget',
    value: path,
  });
}
