import type { Place, Setting } from '../place.ts';

/** How a filter treats host names. */
export type UseDns = 'yes' | 'warn' | 'no' | 'raw';

/**
 * A filter, resolved: `%(x)s` and the tags that stand for options are filled in. Tags of regular expressions and dates
 * (`<HOST>`, `<F-USER>`, `{DATE}`) are as written; compiling is the filter's business.
 */
export interface FilterConfig {
  /** File name without `.conf`; the jail's name where the jail has no filter but its own `failregex`. */
  readonly name: string;
  /** Each with the line it stands on. Empty ones are left out. */
  readonly failRegex: readonly Setting<string>[];
  readonly ignoreRegex: readonly Setting<string>[];
  readonly prefRegex?: Setting<string>;
  /** Several templates are several lines. */
  readonly datePattern?: Setting<string>;
  /** At least 1. */
  readonly maxLines?: number;
  /** One journalctl match expression each, as written. */
  readonly journalMatch: readonly string[];
  readonly useDns?: UseDns;
  /** Of the [Definition] header. */
  readonly place: Place;
}
