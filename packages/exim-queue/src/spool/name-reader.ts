import { type Dir, opendirSync } from 'node:fs';
import { PackedIds } from '../id/packed-ids.ts';
import { isAbsence } from './read-fault.ts';
import type { SpoolDirectory } from './spool-directory.ts';
import type { SpoolFolder } from './spool-folder.ts';

/** Names that the system gives at once. */
const bufferSize = 1024;
/** Names between two looks at the clock. */
const namesPerLook = 256;
const shortLength = '000000-000000-00-H'.length;
const longLength = '000000-00000000000-0000-H'.length;
const dash = 45;

/** The names of the messages in one directory. */
export interface DirectoryNames {
  readonly directory: SpoolDirectory;
  /** Of those that have a -H, as the directory has them. */
  readonly ids: PackedIds;
  /** Those that have a -J, as `directory` has them, too. */
  readonly journals: PackedIds;
}

export interface NameReaderOptions {
  /** Told of a directory that may not be read. */
  readonly onUnreadable: (path: string, error: unknown) => void;
}

/**
 * Finds the messages in queues' folders by the names of their files alone, a few thousand names at a time. What does not
 * have the exact shape of a name that Exim gives is not looked at. Directories are not sorted, as `readdir` would do, nor
 * held as a whole.
 */
export class NameReader {
  readonly #options: NameReaderOptions;
  readonly #waiting: { readonly folder: SpoolFolder; readonly split: string }[];
  #open: OpenDirectory | undefined;

  constructor(folders: readonly SpoolFolder[], options: NameReaderOptions) {
    this.#options = options;
    this.#waiting = folders.map((folder) => ({ folder, split: '' })).reverse();
  }

  /**
   * Reads on until a directory is read to its end, or it is that late. The names of the directory; undefined when it is
   * not at its end yet; `done` after the last.
   */
  read(untilMs: number): DirectoryNames | undefined | 'done' {
    this.#open ??= this.#next();
    if (this.#open === undefined) return 'done';
    const names = this.#readOn(this.#open, untilMs);
    if (names !== undefined) this.#open = undefined;
    return names;
  }

  close(): void {
    this.#open?.dir.closeSync();
    this.#open = undefined;
    this.#waiting.length = 0;
  }

  #next(): OpenDirectory | undefined {
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) {
      const { folder, split } = next;
      const path = `${folder.input}/${split}`;
      try {
        const dir = opendirSync(path, { bufferSize });
        return { dir, folder, split, path, ids: new PackedIds(), journals: new PackedIds(), splits: [] };
      } catch (error) {
        if (!isAbsence(error)) this.#options.onUnreadable(path, error);
      }
    }
    return undefined;
  }

  #readOn(open: OpenDirectory, untilMs: number): DirectoryNames | undefined {
    try {
      for (let count = 1; ; count += 1) {
        const found = open.dir.readSync();
        if (found === null) break;
        sort(found.name, open);
        if (count % namesPerLook === 0 && performance.now() > untilMs) return undefined;
      }
    } catch (error) {
      this.#options.onUnreadable(open.path, error);
    }
    open.dir.closeSync();
    const { folder, split, path, ids, journals } = open;
    const named = new Set(Array.from({ length: journals.length }, (_, index) => journals.text(index)));
    for (const name of open.splits.sort().reverse()) this.#waiting.push({ folder, split: `${name}/` });
    return { directory: { folder, path, split, journals: named }, ids, journals };
  }
}

/** A directory that is being read. */
interface OpenDirectory {
  readonly dir: Dir;
  readonly folder: SpoolFolder;
  readonly split: string;
  readonly path: string;
  readonly ids: PackedIds;
  readonly journals: PackedIds;
  /** Sub-directories that are named as those of a split spool. */
  readonly splits: string[];
}

function sort(name: string, { ids, journals, splits, split }: OpenDirectory): void {
  const { length } = name;
  if (length === shortLength || length === longLength) {
    const kind = name.charCodeAt(length - 1);
    if (kind !== 72 && kind !== 74) return;
    if (name.charCodeAt(length - 2) === dash) (kind === 72 ? ids : journals).add(name, length - 2);
  } else if (length === 1 && split === '' && isSplitName(name)) splits.push(name);
}

const isSplitName = (name: string): boolean => /^[0-9A-Za-z]$/.test(name);
