import type { ActionCommands, ActionConfig } from '../definitions/action-config.ts';
import type { FilterOption } from '../definitions/build-filter.ts';
import type { Fail2banConfig, JailConfig } from '../jails/jail-config.ts';

/** What fail2ban's client knows of an action and {@link ActionConfig} does not tell. */
export interface ActionRecord {
  readonly staged: ReadonlyMap<keyof ActionCommands, string>;
  /** `norestored` and the like, where set. */
  readonly flags: ReadonlyMap<string, boolean>;
  /** Names of arguments and [Init] options, in order. */
  readonly given: readonly string[];
  /** True for a name that is an argument. */
  isArgument(name: string): boolean;
}

/** What fail2ban's client knows of a jail and {@link JailConfig} does not tell. */
export interface JailRecord {
  /** An option of the jail, references filled in. */
  option(name: string): string | undefined;
  /** The options of the filter that the jail does not hide, in fail2ban's order. */
  filterOptions(): readonly (readonly [FilterOption, string])[];
}

/** A jail that is left out, and why in the words of fail2ban. */
export interface BrokenJail {
  readonly name: string;
  readonly fault: string;
}

export interface ConfigRecord {
  /** In the order of the files. */
  readonly jails: readonly (JailConfig | BrokenJail)[];
  /** `stacksize` of [Thread]. */
  readonly stackSize: number | undefined;
}

// Apart from the configuration, which stays plain data.
export const actionRecords: WeakMap<ActionConfig, ActionRecord> = new WeakMap();
export const jailRecords: WeakMap<JailConfig, JailRecord> = new WeakMap();
export const configRecords: WeakMap<Fail2banConfig, ConfigRecord> = new WeakMap();
