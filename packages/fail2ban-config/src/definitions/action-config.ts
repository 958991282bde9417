import type { Place } from '../place.ts';

/** Address families that an action tells apart. */
export type Family = 'inet4' | 'inet6';

/** The commands of an action, each a text for `sh -c`, possibly of several lines; `''` is none. */
export interface ActionCommands {
  readonly actionstart: string;
  readonly actionstop: string;
  readonly actioncheck: string;
  readonly actionban: string;
  readonly actionunban: string;
  readonly actionflush: string;
  readonly actionprolong: string;
  readonly actionreban: string;
  readonly actionrepair: string;
  readonly actionreload: string;
}

/**
 * An action, resolved for one jail: tags that stand for options are filled in. Left for the time of the ban are the
 * tags of the ban itself (`<ip>`, `<family>`, `<failures>`, `<bantime>`, `<matches>`, `<F-USER>`, `<br>`, …).
 */
export interface ActionConfig {
  /** Unique in the jail: `actname`, else the file's name with what sets `name` apart from the jail's (`iptables-tcp`). */
  readonly name: string;
  /** Name of the action file without `.conf`. */
  readonly file: string;
  /** For IPv4 and whatever is no address. */
  readonly commands: ActionCommands;
  /** For IPv6: the same object when the action does not tell the families apart. */
  readonly commandsV6: ActionCommands;
  /** The families that it tells apart; none when one start does for all. */
  readonly families: readonly Family[];
  /** Start just before the first ban of a family, not with the jail. */
  readonly startOnDemand: boolean;
  /** Not run for bans that a restart restores. */
  readonly noRestored: boolean;
  /** A failed check is repaired before an unban too. */
  readonly repairOnUnban: boolean;
  /** Longest run of one command. 60 s unless `timeout` says otherwise. */
  readonly timeoutMs: number;
  /** Arguments and [Init] options as written, a `<tag>` in them not replaced. Null prototype. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Of the [Definition] header. */
  readonly place: Place;
}
