import type { Fail2banConfigError } from '../fail2ban-config-error.ts';
import type { Place } from '../place.ts';
import type { Value } from '../values/value.ts';

/** The section whose options hold for all sections. */
export const DEFAULT_SECTION = 'DEFAULT';

export interface IniSection {
  /** Of its header. */
  readonly place: Place;
  /** By lower-cased name, not interpolated. */
  readonly options: ReadonlyMap<string, Value>;
}

/** A fault and the section it lies in; without one it concerns the file. */
export interface IniFault {
  readonly error: Fail2banConfigError;
  readonly section: string | undefined;
}

/** One file, parsed. What is wrong in it is listed, and the rest of the file holds. */
export interface IniFile {
  readonly path: string;
  /** By name as written, in order, DEFAULT included. */
  readonly sections: ReadonlyMap<string, IniSection>;
  readonly faults: readonly IniFault[];
}
