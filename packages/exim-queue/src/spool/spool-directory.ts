import type { SpoolFolder } from './spool-folder.ts';

/** A directory that -H, -D and -J lie in: `input` itself, or a sub-directory of a split spool. */
export interface SpoolDirectory {
  readonly folder: SpoolFolder;
  /** With `/` at its end. */
  readonly path: string;
  /** Name of the sub-directory with `/` at its end; `''` for `input` itself. */
  readonly split: string;
  /** Ids that have a -J; `undefined` when that is not known. */
  readonly journals: ReadonlySet<string> | undefined;
}
