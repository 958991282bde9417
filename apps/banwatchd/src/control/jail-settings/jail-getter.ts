import type { Json } from '../json.ts';
import type { RunningJail } from '../running-jail.ts';

/** What `get JAIL OPTION [VALUE…]` shows. */
export interface JailGetter {
  /** How many values it needs. */
  readonly least: number;
  get(jail: RunningJail, values: readonly string[]): Json;
}
