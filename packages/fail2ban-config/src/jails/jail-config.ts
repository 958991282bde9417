import type { ActionConfig } from '../definitions/action-config.ts';
import type { FilterConfig, UseDns } from '../definitions/filter-config.ts';
import type { Fail2banConfigError } from '../fail2ban-config-error.ts';
import type { Place, Setting } from '../place.ts';
import type { ServerConfig } from '../server/server-config.ts';

/** Files that a jail watches. */
export interface LogPath {
  /** As written: `*`, `?` and `[…]` stand for characters of a name. */
  readonly glob: string;
  /** `tail` begins at the end of a file that is there at the start. */
  readonly from: 'head' | 'tail';
  readonly place: Place;
}

/** How a jail reads its log; `pyinotify` and `gamin` are ways to notice that a file has grown. */
export type BackendName = 'auto' | 'polling' | 'pyinotify' | 'gamin' | 'systemd';

/** How bans of who was banned before grow, as fail2ban writes it. */
export interface BanTimeIncrement {
  /** A number or a calculation. */
  readonly factor?: string;
  /** A calculation with `ban.Time`, `ban.Count` and `banFactor`. */
  readonly formula?: string;
  /** Numbers, with blanks between them. Goes before the formula. */
  readonly multipliers?: string;
  readonly maxTimeMs?: number;
  readonly rndTimeMs?: number;
  /** Bans of other jails count too. */
  readonly overallJails: boolean;
}

/** How failures within the find time are counted. */
export type CountingWindow = 'estimate' | 'exact';

/** How long the answer of `ignorecommand` holds. */
export interface IgnoreCache {
  /** With tags of the failure, `<ip>`: what is the same has the same answer. */
  readonly key: string;
  /** Answers that are kept, at least 1. */
  readonly maxCount: number;
  readonly maxTimeMs: number;
}

/** A jail, resolved. Where the configuration is silent, fail2ban's own defaults hold. */
export interface JailConfig {
  readonly name: string;
  /** True, save for a jail that the caller asked for and that is not enabled. */
  readonly enabled: boolean;
  /** As written: a name, or `systemd[journalpath="/var/log/journal"]`. Default `auto`. */
  readonly backend: string;
  readonly backendName: BackendName;
  /** What stands in its brackets (`journalpath`, `journalfiles`, `journalflags`, `namespace`, …). Null prototype. */
  readonly backendOptions: Readonly<Record<string, string>>;
  /** With the jail's own `failregex`, `datepattern` and so on over it; `undefined` when the jail has neither. */
  readonly filter: FilterConfig | undefined;
  /** None for the backend systemd. */
  readonly logPaths: readonly LogPath[];
  /** Failures to a ban, at least 1 (0 is taken for 1). Default 3. */
  readonly maxRetry: number;
  /** At least 0; a negative one is taken for 0. Default 600 000. */
  readonly findTimeMs: number;
  /**
   * Sluice's own `findtime.window`: how failures are counted, by fail2ban's estimate from their rate, or exactly, by the time of
   * each. Default `estimate`.
   */
  readonly window: CountingWindow;
  /** `Infinity` (`-1`) is for ever, 0 bans nobody. Default 600 000. */
  readonly banTimeMs: number;
  /** Matched lines that a ban keeps. Default 5. */
  readonly maxMatches: number;
  /** Lines that a failregex may span. Default 1. */
  readonly maxLines: number;
  /** Where bans grow; `undefined` unless `bantime.increment` is on. */
  readonly increment?: BanTimeIncrement;
  /** Addresses, networks, host names, and `file:/path` for a file of such. */
  readonly ignoreIp: readonly string[];
  /** Default true. */
  readonly ignoreSelf: boolean;
  /** With `<ip>` and other tags of a ban. */
  readonly ignoreCommand?: string;
  readonly ignoreCache?: IgnoreCache;
  /** Default `warn`. */
  readonly useDns: UseDns;
  /** `auto` is the system's. Default `auto`. */
  readonly logEncoding: string;
  readonly logTimezone?: string;
  /** No log file is no fault. Default false. Later than fail2ban 1.0. */
  readonly skipIfNoLogs: boolean;
  /** Backend `auto` takes the journal when there is no log file but a `journalMatch`. Default true. Later than 1.0. */
  readonly systemdIfNoLogs: boolean;
  /** One journalctl match expression each, as written. */
  readonly journalMatch: readonly string[];
  readonly actions: readonly ActionConfig[];
  /** `ignorecache`, `bantime.…`, `findtime.window`, `skip_if_nologs` and `systemd_if_nologs` as written, where set. Null prototype. */
  readonly settings: Readonly<Record<string, Setting<string>>>;
  /** Of the section's header; of the last file's, when several have it. */
  readonly place: Place;
  /** Where the jail, or [DEFAULT], sets an option. */
  placeOf(option: string): Place | undefined;
}

/** What is wrong, and with which jail; without one it concerns all that read the place. */
export interface ConfigProblem {
  readonly error: Fail2banConfigError;
  readonly jail?: string;
}

/** A whole configuration folder. */
export interface Fail2banConfig {
  /** The enabled jails that nothing is wrong with, in the order of the files. */
  readonly jails: readonly JailConfig[];
  readonly problems: readonly ConfigProblem[];
  /** What leaves no jail out and is most likely not meant: an option whose name has a slip. */
  readonly warnings: readonly ConfigProblem[];
  /** fail2ban.conf over fail2ban's defaults. */
  readonly server: ServerConfig;
}
