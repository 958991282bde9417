import { statSync } from 'node:fs';
import type { Glob } from '../glob/glob.ts';
import { type GlobVisitor, globFiles } from '../glob/glob-files.ts';

/** A path that globs stand for. */
export interface Discovered {
  readonly path: string;
  /** Whether a glob without wildcards names it, so that it is expected to be there. */
  readonly isExpected: boolean;
}

/** What one expansion of the globs brought. */
export interface Expansion {
  readonly paths: readonly Discovered[];
  /** Globs that match nothing. */
  readonly empty: readonly Glob[];
  /** Folders that cannot be listed. */
  readonly failures: readonly { readonly folder: string; readonly error: NodeJS.ErrnoException }[];
  /** Whether there were more paths than wanted. */
  readonly isCut: boolean;
}

/** Folders looked at in one go. With more, each one's turn comes less often. */
const foldersAtOnce = 16;
/** A folder whose time stamp is younger than this may change again without its showing. */
const settledMs = 100;

interface Folder {
  readonly path: string;
  /** Time stamp of the last change, as of the last expansion; undefined when it was too young to rely on. */
  stampMs: number | undefined;
}

/** Expands globs, and notices by their folders' time stamps when that has to be done again. */
export class Discovery {
  readonly #globs: readonly Glob[];
  readonly #maxPaths: number;
  #folders: Folder[] = [];
  #cursor = 0;

  constructor(globs: readonly Glob[], maxPaths: number) {
    this.#globs = globs;
    this.#maxPaths = maxPaths;
  }

  /** Whether any glob stands for this path. */
  covers(path: string): boolean {
    return this.#globs.some((glob) => glob.matches(path));
  }

  expand(): Expansion {
    const paths = new Map<string, Discovered>();
    const folders = new Map<string, Folder>();
    const failures: Expansion['failures'][number][] = [];
    let isCut = false;
    const empty = this.#globs.filter((glob) => {
      let isEmpty = true;
      const visitor: GlobVisitor = {
        found: (path) => {
          isEmpty = false;
          if (paths.has(path)) return;
          if (paths.size < this.#maxPaths) paths.set(path, { path, isExpected: glob.isLiteral });
          else isCut = true;
        },
        // Stamped before it is listed: what changes in between shows at the next look.
        looksInto: (path) => {
          if (!folders.has(path)) folders.set(path, { path, stampMs: settledStamp(path) });
        },
        failed: (folder, error) => failures.push({ folder, error }),
      };
      globFiles(glob, visitor);
      return isEmpty;
    });
    this.#folders = [...folders.values()];
    return { paths: [...paths.values()], empty, failures, isCut };
  }

  /** Looks at the next few folders: whether one has changed since the last expansion. */
  hasChanged(): boolean {
    const { length } = this.#folders;
    for (let count = Math.min(length, foldersAtOnce); count > 0; count -= 1) {
      this.#cursor = (this.#cursor + 1) % length;
      const { path, stampMs } = this.#folders[this.#cursor] as Folder;
      if (stampMs === undefined || stampOf(path) !== stampMs) return true;
    }
    return false;
  }
}

/** When the folder's entries last changed, ms since the epoch; -1 when it is not there. */
function stampOf(folder: string): number {
  try {
    return statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? -1;
  } catch {
    return -1;
  }
}

function settledStamp(folder: string): number | undefined {
  const stampMs = stampOf(folder);
  return stampMs === -1 || Math.abs(Date.now() - stampMs) > settledMs ? stampMs : undefined;
}
