import type { Fail2banConfig } from '@sluice/fail2ban-config';
import type { BackendStatus } from '../ban-with/backend-status.ts';
import type { LogLevel } from '../log/log-level.ts';
import type { LogTarget } from '../log/log-target.ts';
import type { Fail2banLog } from '../log/make-log.ts';
import type { RunningJail } from './running-jail.ts';

export interface ReloadOptions {
  /** Reload this jail only. Default: all, the server's own settings too. */
  readonly jail?: string;
  /** Stop and start again instead of going on. Default false. */
  readonly restart?: boolean;
  /** End all bans first. Default false. */
  readonly unban?: boolean;
  /** A jail that is neither running nor configured is no error. Default false. */
  readonly ifExists?: boolean;
}

/** The daemon as the control verbs see it. */
export interface ControlPlane {
  readonly version: string;
  /** The configuration as it was read last. */
  readonly config: Fail2banConfig;
  /** How those are that all jails ban with; none where each runs its own actions only. */
  readonly backends: readonly BackendStatus[];
  /** In the order they were started. */
  readonly jails: ReadonlyMap<string, RunningJail>;
  /** Reads the configuration again and goes on with it: what is unchanged is not touched, counters and bans are kept. */
  reload(options?: ReloadOptions): Promise<void>;
  /** Starts a configured jail, enabled or not. */
  startJail(name: string): Promise<void>;
  /** Stops a jail: its actions are stopped, its bans and counters stay in the store. */
  stopJail(name: string): Promise<void>;
  /** Ends the daemon. Resolves when all is written; the answer to who asked is sent before the socket is closed. */
  stop(): Promise<void>;
  /** The log, as `set loglevel`, `set logtarget` and `flushlogs` change it. */
  readonly log: LogControl;
  /** Settings of the store, as `get dbfile` and the like show them. */
  readonly database: DatabaseControl;
}

export interface LogControl {
  /** For what the control verbs have to say. */
  readonly log: Fail2banLog;
  level: LogLevel;
  /** Path of syslog's socket, or `auto`. */
  readonly syslogSocket: string;
  /** Why the log is not where the configuration wants it; undefined when it is. */
  readonly fault: string | undefined;
  readonly target: LogTarget;
  /** @throws BanwatchdError `ERR_BANWATCHD_LOG_TARGET` and stays with the old one */
  setTarget(target: string): Promise<void>;
  /** A log that goes to syslog goes to this socket then. @throws as {@link setTarget} */
  setSyslogSocket(path: string): Promise<void>;
  /** Opens the file anew, after a rotation. */
  flush(): Promise<void>;
}

export interface DatabaseControl {
  /** undefined: nothing is kept over restarts. */
  readonly path: string | undefined;
  maxMatches: number;
  purgeAgeMs: number;
}
