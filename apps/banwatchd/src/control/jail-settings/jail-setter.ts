import type { JailConfig } from '@sluice/fail2ban-config';
import type { Json } from '../json.ts';
import type { RunningJail } from '../running-jail.ts';

/** Makes of a jail's settings and the values of a command what differs then. @throws for values that cannot be used */
export type JailChange = (config: JailConfig, values: readonly string[]) => Partial<JailConfig>;

/** What `set JAIL OPTION VALUE…` does. */
export interface JailSetter {
  /** How many values it needs. */
  readonly least: number;
  set(jail: RunningJail, values: readonly string[]): Promise<Json>;
}

/** A change, and the option that shows what came of it. */
export interface ShownChange {
  readonly change: JailChange;
  /** Default: the option's own name. */
  readonly shows?: string;
}
