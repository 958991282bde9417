import { type Stats, statSync } from 'node:fs';
import path from 'node:path';
import type { SpoolDirectory } from '../spool/spool-directory.ts';
import type { SpoolFolder } from '../spool/spool-folder.ts';

/** A directory that messages lie in: a queue's `input`, or one of the sub-directories of a split one. */
export interface WatchedDirectory {
  readonly path: string;
  /** The messages in it are known by this number. */
  readonly number: number;
  /** The same, for who reads messages. */
  readonly spool: SpoolDirectory;
  /** What it was when it was compared last: while these are the same, no -H in it has come, gone or changed. */
  inode: number;
  mtimeMs: number;
  /** It has to be listed, whatever its times say. */
  isStale: boolean;
  isThere: boolean;
}

/** Times of files are as coarse as a clock tick, on some file systems a second or two: what is younger may change unseen. */
const coarsestMs = 2000;
const letters = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'];

/** Every directory of the watched queues, each with a number that it keeps. */
export class WatchedDirectories {
  readonly #byPath = new Map<string, WatchedDirectory>();

  all(): Iterable<WatchedDirectory> {
    return this.#byPath.values();
  }

  /** Those that a message with such a sixth character of its id can lie in. */
  *of(letter: string): Generator<WatchedDirectory, void, undefined> {
    for (const directory of this.#byPath.values()) {
      const { split } = directory.spool;
      if (directory.isThere && (split === '' || split.startsWith(letter))) yield directory;
    }
  }

  /** Where a message of a queue most likely lies: split, if there is a sub-directory for it; -1 when there is none at all. */
  likelyOf(entry: { readonly queue: string; readonly isAside: boolean }, letter: string): number {
    let likely = -1;
    for (const { number, spool } of this.of(letter)) {
      const { queue, isAside } = spool.folder;
      if (queue === entry.queue && isAside === entry.isAside && (likely < 0 || spool.split !== '')) likely = number;
    }
    return likely;
  }

  /**
   * Looks for directories.
   *
   * @returns those that are new, or have been made anew
   */
  refresh(folders: readonly SpoolFolder[]): WatchedDirectory[] {
    const found: WatchedDirectory[] = [];
    const look = (folder: SpoolFolder, letter: string): void => {
      const directoryPath = path.join(folder.input, letter);
      const stats = statsOf(directoryPath);
      const known = this.#byPath.get(directoryPath);
      if (stats === undefined || !stats.isDirectory()) {
        if (known?.isThere === true && stats === undefined) {
          known.isThere = false;
          known.isStale = true;
        }
        return;
      }
      if (known?.isThere === true && known.inode === stats.ino) return;
      const directory = known ?? this.#make(folder, directoryPath, letter);
      directory.inode = stats.ino;
      directory.isThere = true;
      directory.isStale = true;
      found.push(directory);
    };
    for (const folder of folders) {
      look(folder, '');
      for (const letter of letters) look(folder, letter);
    }
    return found;
  }

  /** A directory may be another from now on: the next refresh finds what is there as new. */
  forget(directory: WatchedDirectory): void {
    directory.isThere = false;
    directory.isStale = true;
  }

  #make(folder: SpoolFolder, directoryPath: string, letter: string): WatchedDirectory {
    const split = letter === '' ? '' : `${letter}/`;
    const directory: WatchedDirectory = {
      path: directoryPath,
      number: this.#byPath.size,
      spool: { folder, path: `${directoryPath}/`, split, journals: undefined },
      inode: 0,
      mtimeMs: 0,
      isStale: true,
      isThere: true,
    };
    this.#byPath.set(directoryPath, directory);
    return directory;
  }
}

/** What a look at a directory's times tells: it is as it was, is to be listed, is gone, or may not be looked at. */
export function lookAt(
  directory: WatchedDirectory,
  nowMs: number,
): 'same' | 'changed' | 'gone' | NodeJS.ErrnoException {
  let stats: Stats | undefined;
  try {
    stats = statSync(directory.path, { throwIfNoEntry: false });
  } catch (error) {
    const fault = error as NodeJS.ErrnoException;
    return fault.code === 'ENOTDIR' ? 'gone' : fault;
  }
  if (stats === undefined) return 'gone';
  const isSame = !directory.isStale && directory.mtimeMs === stats.mtimeMs && directory.inode === stats.ino;
  directory.mtimeMs = stats.mtimeMs;
  directory.inode = stats.ino;
  directory.isStale = Math.abs(nowMs - stats.mtimeMs) < coarsestMs;
  return isSame ? 'same' : 'changed';
}

function statsOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
