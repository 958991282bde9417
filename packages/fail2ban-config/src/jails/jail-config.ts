import type { ActionConfig } from '../definitions/action-config.ts';
import type { FilterConfig, UseDns } from '../definitions/filter-config.ts';
import type { Fail2banConfigError } from '../fail2ban-config-error.ts';
import type { Place, Setting } from '../place.ts';

/** Files that a jail watches. */
export interface LogPath {
  /** As written: `*`, `?` and `[…]` stand for characters of a name. */
  readonly glob: string;
  /** `tail` begins at the end of a file that is there at the start. */
  readonly from: 'head' | 'tail';
  readonly place: Place;
}

/** A jail, resolved. Where the configuration is silent, fail2ban's own defaults hold. */
export interface JailConfig {
  readonly name: string;
  /** True, save for a jail that the caller asked for and that is not enabled. */
  readonly enabled: boolean;
  /** `auto`, `polling`, `pyinotify`, `gamin`, or `systemd` with its options. Default `auto`. */
  readonly backend: string;
  /** With the jail's own `failregex`, `datepattern` and so on over it; `undefined` when the jail has neither. */
  readonly filter: FilterConfig | undefined;
  /** None for the backend systemd. */
  readonly logPaths: readonly LogPath[];
  /** Failures to a ban, at least 1 (0 is taken for 1). Default 3. */
  readonly maxRetry: number;
  /** Default 600 000. */
  readonly findTimeMs: number;
  /** `Infinity` (`-1`) is for ever. Default 600 000. */
  readonly banTimeMs: number;
  /** Matched lines that a ban keeps. Default 5. */
  readonly maxMatches: number;
  /** Lines that a failregex may span. Default 1. */
  readonly maxLines: number;
  /** Addresses, networks, host names. */
  readonly ignoreIp: readonly string[];
  /** Default true. */
  readonly ignoreSelf: boolean;
  /** With `<ip>` and other tags of a ban. */
  readonly ignoreCommand?: string;
  /** Default `warn`. */
  readonly useDns: UseDns;
  /** `auto` is the system's. Default `auto`. */
  readonly logEncoding: string;
  readonly logTimezone?: string;
  readonly actions: readonly ActionConfig[];
  /** Options without a field of their own (`ignorecache`, `bantime.increment`, …), where set. Null prototype. */
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
  /** `[Definition]` of fail2ban.conf over fail2ban's defaults (`loglevel`, `logtarget`, `dbfile`, …). Null prototype. */
  readonly server: Readonly<Record<string, string>>;
}
