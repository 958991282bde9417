import type { BanWith } from './ban-with/backend-name.ts';
import type { DaemonLogOptions } from './log/daemon-log.ts';

/** What the daemon is started with. */
export interface DaemonOptions {
  /** fail2ban's configuration tree. Default `/etc/fail2ban`. */
  readonly configDir?: string;
  /** Run on the jails that come with this package, in place of `configDir`. Default false. */
  readonly defaults?: boolean;
  /** Folder below which each jail's absolute `logpath` is resolved. Default `/`. */
  readonly root?: string;
  /** Jails to run whatever their `enabled` says. Default: the enabled ones. */
  readonly jails?: readonly string[];
  /**
   * What bans are put into effect by, side by side: `actions` runs the action commands that each jail names; the others
   * take the bans of all jails. Default: what `banWithFile` says, else `actions`, with `defaults` `netfilter`.
   */
  readonly banWith?: BanWith | readonly BanWith[];
  /** Options of what is banned with (`ban-with.conf`). Default none. */
  readonly banWithFile?: string;
  /** Whether that file may be missing. Default false. */
  readonly isBanWithFileOptional?: boolean;
  /** Name of the nf_tables table (`inet`) for `netfilter`, unless the file names one. Default `sluice`. */
  readonly table?: string;
  /** Changes nothing: the commands are written, one a line, instead of run. Default false. */
  readonly dryRun?: boolean;
  /**
   * Folder that keeps bans, counters and the place in each log over restarts and crashes; `dbfile = None` in fail2ban.conf
   * wins. Default: none, all ends with the process and logs are read from their beginning.
   */
  readonly stateDir?: string;
  /** File that keeps only the place in each log. Of no use with `stateDir`. Default none. */
  readonly checkpointFile?: string;
  readonly log?: DaemonLogOptions;
  /** Takes the commands of a dry run. Default: the log's `write`. */
  readonly writeCommand?: (command: string) => void;
  /** Told of each reload, with a promise that ends with it. */
  readonly reloading?: (ended: Promise<void>) => void;
  /** Stops the daemon as {@link Daemon.stop} does. */
  readonly signal?: AbortSignal;
}
