import type { IniFault } from '../ini/ini-file.ts';
import type { Place } from '../place.ts';
import type { Value } from '../values/value.ts';

/** Options by name; those of a conditional section `[Init?family=inet6]` are named `option?family=inet6`. */
export type Options = ReadonlyMap<string, Value>;

export interface TreeSection {
  /** Of the last header, so of the file that has the last word. */
  readonly place: Place;
  readonly options: Options;
  /** For `%(known/option)s`: what an option was before the last file that sets it. */
  readonly known: Options;
  /** True when a later file has the section again, with or without the same options. */
  readonly isRepeated: boolean;
}

/** All files of one configuration (`jail`, `filter.d/sshd`), read in order, a later value over an earlier one. */
export interface ConfigTree {
  /** `jail`, `filter.d/sshd`. */
  readonly name: string;
  /** In the order of reading. */
  readonly files: readonly string[];
  readonly defaults: Options;
  /** By name, in the order of their first appearance, without DEFAULT. */
  readonly sections: ReadonlyMap<string, TreeSection>;
  readonly faults: readonly IniFault[];
}
