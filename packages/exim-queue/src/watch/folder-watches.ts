import { type FSWatcher, watch } from 'node:fs';

/** How a folder is watched: names of what changed in it are told, until it is closed. */
export type WatchFolder = (
  folder: string,
  onChange: (name: string | null) => void,
  onError: (error: Error) => void,
) => { close(): void };

/** By the system: inotify and the like. */
export const systemWatch: WatchFolder = (folder, onChange, onError) => {
  const watcher: FSWatcher = watch(folder, (_event, name) => onChange(name));
  watcher.on('error', onError);
  return watcher;
};

/** Watches of folders that come and go. */
export class FolderWatches {
  readonly #watch: WatchFolder;
  readonly #open = new Map<string, { close(): void }>();

  constructor(watchFolder: WatchFolder) {
    this.#watch = watchFolder;
  }

  has(folder: string): boolean {
    return this.#open.has(folder);
  }

  /**
   * Watches a folder anew.
   *
   * @returns why it cannot be watched
   */
  add(folder: string, onChange: (name: string | null) => void): NodeJS.ErrnoException | undefined {
    this.remove(folder);
    try {
      const watcher = this.#watch(folder, onChange, () => {
        // It is gone or the system has given up on it: the next comparison watches what is there then.
        if (this.#open.get(folder) === watcher) this.remove(folder);
      });
      this.#open.set(folder, watcher);
      return undefined;
    } catch (error) {
      return error as NodeJS.ErrnoException;
    }
  }

  remove(folder: string): void {
    this.#open.get(folder)?.close();
    this.#open.delete(folder);
  }

  close(): void {
    for (const watcher of this.#open.values()) watcher.close();
    this.#open.clear();
  }
}
