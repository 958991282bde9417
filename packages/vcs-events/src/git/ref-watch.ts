import { type FSWatcher, readdirSync, type Stats, statSync, watch } from 'node:fs';
import path from 'node:path';
import { Due } from '@sluice/pipeline/node';
import type { LocalRepository } from './local-repository.ts';

/** Most folders that are watched; branches in others are seen by looking every `pollMs`. */
const maxWatches = 4096;

interface Watched {
  readonly inode: number;
  readonly watcher: FSWatcher;
}

/**
 * Tells when the branches of a local repository may have changed, by watching every folder that holds them.
 *
 * A recursive watch of Node.js misses files that are renamed into place, which is how Git writes; so each folder has
 * its own. What no watch tells of (a network file system, too many folders) is found at the next look at the latest.
 */
export class RefWatch {
  readonly #repository: LocalRepository;
  readonly #watched = new Map<string, Watched>();
  readonly #due = new Due();

  constructor(repository: LocalRepository) {
    this.#repository = repository;
    this.#refresh();
  }

  /** Resolves when something may have changed since the last time, after `pollMs` at the latest, or on an abort. */
  async changed(pollMs: number, signal: AbortSignal): Promise<void> {
    await this.#due.wait(pollMs, signal);
    this.#refresh();
  }

  close(): void {
    for (const folder of [...this.#watched.keys()]) this.#forget(folder);
  }

  /** Watches folders that have come, and forgets those that have gone or been made anew. */
  #refresh(): void {
    const { gitDirectory, commonDirectory } = this.#repository;
    const isTop = (name: string): boolean => name === 'HEAD' || name === 'packed-refs';
    const wanted = new Map<string, (name: string) => boolean>([
      [gitDirectory, isTop],
      [commonDirectory, isTop],
      [path.join(commonDirectory, 'reftable'), () => true],
    ]);
    for (const folder of foldersBelow(path.join(commonDirectory, 'refs', 'heads'))) {
      wanted.set(folder, (name) => !name.endsWith('.lock'));
    }
    for (const folder of [...this.#watched.keys()]) if (!wanted.has(folder)) this.#forget(folder);
    for (const [folder, isMeant] of wanted) this.#watch(folder, isMeant);
  }

  #watch(folder: string, isMeant: (name: string) => boolean): void {
    const inode = statOf(folder)?.ino;
    const known = this.#watched.get(folder);
    if (known !== undefined && known.inode === inode) return;
    this.#forget(folder);
    if (inode === undefined || this.#watched.size >= maxWatches) return;
    try {
      const watcher = watch(folder, (_, name) => {
        if (name === null || isMeant(name)) this.#due.set();
      });
      watcher.on('error', () => this.#forget(folder));
      this.#watched.set(folder, { inode, watcher });
    } catch {
      // The system has no more watches, or the folder is gone already: looking every pollMs remains.
    }
  }

  #forget(folder: string): void {
    this.#watched.get(folder)?.watcher.close();
    this.#watched.delete(folder);
  }
}

function statOf(folder: string): Stats | undefined {
  try {
    return statSync(folder);
  } catch {
    // Gone, or in a folder that may not be read.
    return undefined;
  }
}

/** A folder and all in it, without following links. */
function foldersBelow(top: string): readonly string[] {
  const folders = statOf(top)?.isDirectory() === true ? [top] : [];
  for (const folder of folders) {
    if (folders.length >= maxWatches) break;
    try {
      const entries = readdirSync(folder, { withFileTypes: true });
      folders.push(...entries.filter((entry) => entry.isDirectory()).map(({ name }) => path.join(folder, name)));
    } catch {
      // It was removed since its parent was read.
    }
  }
  return folders;
}
