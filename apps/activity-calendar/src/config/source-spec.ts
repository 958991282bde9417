import type { Compatibility } from '../settings/calendar-settings.ts';
import type { SourceKind } from '../settings/source-kind.ts';
import type { SourceSettings } from '../settings/source-settings.ts';

/** One source of activities, as the command line or a configuration file names it. */
export interface SourceSpec extends SourceSettings {
  readonly kind: SourceKind;
  /** A path, an address, or `-` for activities from standard input. */
  readonly location: string;
  /** Whose titles and texts its activities have. Default: our own. */
  readonly compat?: Compatibility;
  /** Where a configuration file names it. */
  readonly place?: { readonly file: string; readonly line: number };
}

/** The source in a message: `git ~/src/project`. */
export const nameOf = ({ kind, location }: SourceSpec): string => `${kind} ${location}`;
