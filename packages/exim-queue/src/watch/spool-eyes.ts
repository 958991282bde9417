import { readdirSync } from 'node:fs';
import path from 'node:path';
import { mainFolders } from '../exim/queue-names.ts';
import { isMessageId } from '../id/is-message-id.ts';
import type { QueuePlace } from '../queue-place.ts';
import type { Reports } from '../reports.ts';
import { queueFolders } from '../spool/queue-folders.ts';
import { FolderWatches, type WatchFolder } from './folder-watches.ts';
import { WatchedDirectories, type WatchedDirectory } from './watched-directories.ts';

export type MessageFile = '-H' | '-D' | '-J';

/** What the eyes tell. */
export interface SpoolSight {
  /** The system told something, whatever it is. */
  readonly onEvent: () => void;
  /** Something happened to one of a message's files. */
  readonly onFile: (id: string, part: MessageFile, file: string) => void;
  /** Directories may have come or gone. */
  readonly onStructure: () => void;
}

const parts: ReadonlySet<string> = new Set(['-H', '-D', '-J']);
const inputNames: ReadonlySet<string> = new Set(['input', 'Finput']);

/** Watches every directory of the queues, and the folders in which those would appear. */
export class SpoolEyes {
  readonly directories: WatchedDirectories = new WatchedDirectories();
  readonly #place: QueuePlace;
  readonly #watches: FolderWatches;
  readonly #reports: Reports;
  readonly #sight: SpoolSight;
  /** Directories that cannot be watched, which was told. */
  readonly #unwatched = new Set<string>();

  constructor(place: QueuePlace, watchFolder: WatchFolder, reports: Reports, sight: SpoolSight) {
    this.#place = place;
    this.#watches = new FolderWatches(watchFolder);
    this.#reports = reports;
    this.#sight = sight;
  }

  /**
   * Watches what is there now.
   *
   * @returns directories that were not there before: what lies in them is yet to be looked at
   */
  refresh(): WatchedDirectory[] {
    const { spoolDirectory, queue } = this.#place;
    const { onStructure } = this.#sight;
    this.#watch(path.dirname(spoolDirectory), (name) => {
      if (name === path.basename(spoolDirectory)) onStructure();
    });
    this.#watch(spoolDirectory, (name) => {
      if (name === null || inputNames.has(name) || queue === '*' || name === queue) onStructure();
    });
    // Also folders that are no queues yet: Exim makes `input` in a folder of its own a moment later.
    for (const root of queue === '*'
      ? foldersIn(spoolDirectory)
      : queue === ''
        ? []
        : [path.join(spoolDirectory, queue)]) {
      this.#watch(root, (name) => {
        if (name === null || inputNames.has(name)) onStructure();
      });
    }
    const folders = queueFolders(this.#place);
    const found = this.directories.refresh(folders);
    for (const { path: folder } of found) this.#watches.remove(folder);
    for (const directory of this.directories.all()) {
      const onLost = (): void => this.directories.forget(directory);
      if (directory.isThere) this.#watch(directory.path, (name) => this.#see(directory, name), onLost);
      else this.#watches.remove(directory.path);
    }
    return found;
  }

  close(): void {
    this.#watches.close();
  }

  #see(directory: WatchedDirectory, name: string | null): void {
    const part = name?.slice(-2) ?? '';
    if (name === null) this.#sight.onStructure();
    else if (parts.has(part)) {
      const id = name.slice(0, -2);
      if (isMessageId(id)) this.#sight.onFile(id, part as MessageFile, `${directory.path}/${name}`);
    } else if (name.length === 1 || inputNames.has(name)) this.#sight.onStructure();
  }

  /** @param onLost told when the folder is not what it was, or is gone: its watch has ended */
  #watch(folder: string, onChange: (name: string | null) => void, onLost: () => void = () => {}): void {
    if (this.#watches.has(folder)) return;
    const error = this.#watches.add(folder, (name) => {
      this.#sight.onEvent();
      // A folder's own name: it was moved or removed, which ends the watch, or who may read it has changed.
      if (name !== path.basename(folder)) return onChange(name);
      this.#watches.remove(folder);
      onLost();
      this.#sight.onStructure();
    });
    if (error === undefined) this.#unwatched.delete(folder);
    else if (error.code !== 'ENOENT' && !this.#unwatched.has(folder)) {
      this.#unwatched.add(folder);
      const cure = error.code === 'ENOSPC' || error.code === 'EMFILE' ? ' (see sysctl fs.inotify)' : '';
      const reason = `cannot watch ${folder}: ${error.message}${cure}; it is compared from time to time`;
      this.#reports.flaw('ERR_EXIM_QUEUE_WATCH', reason, { path: folder });
    }
  }
}

/** Folders of a spool that are none of the main queue's. */
function foldersIn(spoolDirectory: string): readonly string[] {
  try {
    return readdirSync(spoolDirectory, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !mainFolders.has(entry.name))
      .map(({ name }) => path.join(spoolDirectory, name));
  } catch {
    return [];
  }
}
