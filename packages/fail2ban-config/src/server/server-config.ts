import type { Place } from '../place.ts';

/** What fail2ban.conf says, resolved. Where it is silent, fail2ban's own defaults hold. */
export interface ServerConfig {
  /** In capitals. Default `INFO`. */
  readonly loglevel: string;
  /** A path, `SYSLOG`, `SYSTEMD-JOURNAL`, `STDOUT`, `STDERR` or `SYSOUT`, without options. Default `/var/log/fail2ban.log`. */
  readonly logtarget: string;
  /** What stands in its brackets (`format`, `datetime`, `padding`, `facility`). Null prototype. */
  readonly logtargetOptions: Readonly<Record<string, string>>;
  /** A path, or `auto`. Default `auto`. */
  readonly syslogsocket: string;
  /** Default `/var/run/fail2ban/fail2ban.sock`. */
  readonly socket: string;
  /** Default `/var/run/fail2ban/fail2ban.pid`. */
  readonly pidfile: string;
  /** A path, or `:memory:`; `undefined` is none (`None`). Default `/var/lib/fail2ban/fail2ban.sqlite3`. */
  readonly dbfile: string | undefined;
  /** Matched lines that are kept of a ban. Default 10. */
  readonly dbMaxMatches: number;
  /** Age at which bans are forgotten. Default 86 400 000. */
  readonly dbPurgeAgeMs: number;
  /** Default `auto`. */
  readonly allowIpv6: boolean | 'auto';
  /** These options as they were written, by lower-case name. Null prototype. */
  readonly settings: Readonly<Record<string, string>>;
  /** Where an option is set; `undefined` where its default holds. */
  placeOf(option: string): Place | undefined;
}
