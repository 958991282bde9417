import type { Fail2banLogOptions } from './fail2ban-log.ts';

/** What the daemon is started with. */
export interface DaemonOptions {
  /** fail2ban's configuration tree. Default `/etc/fail2ban`. */
  readonly configDir?: string;
  /** Folder below which each jail's absolute `logpath` is resolved. Default `/`. */
  readonly root?: string;
  /** Jails to run whatever their `enabled` says. Default: the enabled ones. */
  readonly jails?: readonly string[];
  /**
   * What cuts an address off: `actions` runs the action commands that each jail names, `netfilter` puts it into the
   * sets of one nf_tables table instead. Default `actions`.
   */
  readonly banWith?: 'actions' | 'netfilter';
  /** Name of the nf_tables table (`inet`) for `netfilter`. Default `sluice`. */
  readonly table?: string;
  /** Changes nothing: the commands are written, one a line, instead of run. Default false. */
  readonly dryRun?: boolean;
  /** File that keeps the position in each log over restarts. Default: none, logs are read from their beginning. */
  readonly checkpointFile?: string;
  readonly log?: Fail2banLogOptions;
  /** Takes the commands of a dry run. Default: the log's `write`. */
  readonly writeCommand?: (command: string) => void;
  /** Stops the daemon as {@link Daemon.stop} does. */
  readonly signal?: AbortSignal;
}
