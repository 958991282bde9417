import type { ServerConfig } from '@sluice/fail2ban-config';
import { systemClock } from '@sluice/pipeline';
import { BanwatchdError } from '../banwatchd-error.ts';
import type { LogControl } from '../control/control-plane.ts';
import type { Fail2banLogOptions } from './fail2ban-log.ts';
import { HeldRecords } from './held-records.ts';
import { type LineFormat, lineFormat } from './line-format.ts';
import { type LogLevel, levelNumbers, parseLogLevel } from './log-level.ts';
import type { LogRecord } from './log-record.ts';
import type { LogTarget } from './log-target.ts';
import type { LogWriter, WriterTroubles } from './log-writer.ts';
import { type Fail2banLog, type Logger, type LogOutlet, makeLog } from './make-log.ts';
import { openWriter } from './open-writer.ts';
import { parseLogTarget } from './parse-log-target.ts';

export interface DaemonLogOptions extends Fail2banLogOptions {
  /** As fail2ban's `logtarget`. Default: `write`, else standard output. */
  readonly target?: string;
  /** As fail2ban's `syslogsocket`. Default `auto`. */
  readonly syslogSocket?: string;
  /**
   * What is not given here comes from the configuration, by `configure`: until then messages are held. Default false.
   */
  readonly fromConfig?: boolean;
}

/** The settings of fail2ban.conf that concern the log. */
export type LogSettings = Pick<ServerConfig, 'loglevel' | 'logtarget' | 'syslogsocket' | 'settings'>;

/** The daemon's log: where it goes, and how much of it, can be changed while it runs. */
export class DaemonLog implements LogControl {
  readonly log: Fail2banLog;
  level: LogLevel;
  readonly #options: DaemonLogOptions;
  readonly #server: Logger;
  readonly #pid: number;
  readonly #held = new HeldRecords();
  #target: LogTarget;
  #writer: LogWriter | undefined;
  #syslogSocket: string;
  #fault: string | undefined;
  #format: LineFormat;

  /** @throws BanwatchdError `ERR_BANWATCHD_LOG_TARGET` for a target that is given and cannot be used */
  constructor(options: DaemonLogOptions) {
    this.#options = options;
    this.#pid = options.pid ?? process.pid;
    this.level = options.level ?? 'INFO';
    this.#syslogSocket = options.syslogSocket ?? 'auto';
    this.#target = parseLogTarget(options.target ?? 'STDOUT');
    this.#format = lineFormat(this.#target);
    if (options.target !== undefined) this.#writer = this.#open(this.#target);
    else if (options.write !== undefined) this.#writer = callerWriter(options.write);
    else if (options.fromConfig !== true) this.#writer = this.#open(this.#target);
    this.log = makeLog(this.#outlet(), options.clock ?? systemClock, this.#pid);
    this.#server = this.log('fail2ban.server');
  }

  get target(): LogTarget {
    return this.#target;
  }

  get syslogSocket(): string {
    return this.#syslogSocket;
  }

  get fault(): string | undefined {
    return this.#fault;
  }

  /**
   * Takes the settings of the configuration that the options leave to it; at the start and at each reload. A target that
   * cannot be used is logged, and the log stays where it is: at the start, standard error.
   */
  async configure({ loglevel, logtarget, syslogsocket, settings }: LogSettings): Promise<void> {
    if (this.#options.fromConfig !== true) return;
    if (this.#options.syslogSocket === undefined) this.#syslogSocket = syslogsocket;
    if (this.#options.level === undefined) this.#setLevel(loglevel);
    if (this.#options.target !== undefined || this.#options.write !== undefined) return;
    this.#fault = undefined;
    try {
      await this.setTarget(settings['logtarget'] ?? logtarget);
    } catch (error) {
      if (this.#writer === undefined) await this.setTarget('STDERR');
      this.#fault = (error as Error).message;
      this.#server.error(this.#fault);
    }
  }

  async setTarget(text: string): Promise<void> {
    const target = checked(() => parseLogTarget(text));
    if (this.#writer !== undefined && JSON.stringify(target) === JSON.stringify(this.#target)) return;
    const format = lineFormat(target);
    const [before, writer] = [this.#writer, this.#open(target)];
    [this.#target, this.#format, this.#writer] = [target, format, writer];
    if (before === undefined) {
      const lost = this.#held.release((record) => this.#take(record));
      if (lost > 0) this.#server.warning(`${lost} messages of the start were too many to keep`);
    } else {
      await before.close();
      this.#server.info(`Changed logging target to ${target.text}`);
    }
  }

  async setSyslogSocket(path: string): Promise<void> {
    const before = this.#syslogSocket;
    this.#syslogSocket = path;
    if (this.#target.kind !== 'syslog' || before === path) return;
    try {
      const [old, writer] = [this.#writer, this.#open(this.#target)];
      this.#writer = writer;
      await old?.close();
    } catch (error) {
      this.#syslogSocket = before;
      throw error;
    }
  }

  async flush(): Promise<void> {
    this.#writer?.flush();
    const what = this.#target.kind === 'file' ? 'rollover' : 'flush';
    this.#server.info(`${what} performed on ${this.#target.text}`);
  }

  /** Writes what is held and lets go of the target. Messages that come later go to standard error. */
  async close(): Promise<void> {
    if (this.#writer === undefined) await this.setTarget('STDERR');
    const writer = this.#writer;
    this.#writer = undefined;
    await writer?.close();
  }

  #setLevel(text: string): void {
    const level = parseLogLevel(text);
    if (level === undefined) this.#server.error(`there is no log level "${text}"; it stays ${this.level}`);
    else this.level = level;
  }

  #outlet(): LogOutlet {
    // Before the configuration is read the level is not known: it is asked for when the records are released.
    const level = (): LogLevel => (this.#writer === undefined ? 'HEAVYDEBUG' : this.level);
    return {
      get level() {
        return level();
      },
      take: (record) => this.#take(record),
    };
  }

  #take(record: LogRecord): void {
    if (this.#writer === undefined) this.#held.take(record);
    else if (levelNumbers[record.level] >= levelNumbers[this.level])
      this.#writer.write(this.#format(record), record.level, record.name);
  }

  #open(target: LogTarget): LogWriter {
    // A log that is broken cannot say so itself.
    const broken = (reason: string): void => {
      process.stderr.write(`banwatchd: the log is broken: ${reason}\n`);
    };
    const mended = (lost: number): void => {
      if (lost > 0) this.#server.warning(`${lost} lines of this log were lost`);
    };
    const troubles: WriterTroubles = { broken, mended };
    return openWriter(target, { pid: this.#pid, syslogSocket: this.#syslogSocket, troubles });
  }
}

/** Opens the daemon's log. @throws BanwatchdError `ERR_BANWATCHD_LOG_TARGET` */
export const openDaemonLog = (options: DaemonLogOptions = {}): DaemonLog => new DaemonLog(options);

const callerWriter = (write: (line: string) => void): LogWriter => ({ write, flush() {}, close: async () => {} });

function checked<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof BanwatchdError) throw cause;
    throw new BanwatchdError('ERR_BANWATCHD_LOG_TARGET', (cause as Error).message, { cause });
  }
}
