import { existsSync } from 'node:fs';
import path from 'node:path';
import { splitFolder } from '../id/split-folder.ts';
import type { QueuePlace } from '../queue-place.ts';
import { queueFolders } from '../spool/queue-folders.ts';
import type { SpoolFolder } from '../spool/spool-folder.ts';

/** How long the folders are taken to be all that there are, in ms: many messages leave at once. */
const foldersMs = 20;

/** Looks for messages that are not where they were known to be in all queues of a spool, also those that are not watched. */
export class Elsewhere {
  readonly #place: QueuePlace;
  #folders: readonly SpoolFolder[] = [];
  #listedMs = Number.NEGATIVE_INFINITY;

  constructor(place: QueuePlace) {
    this.#place = { ...place, queue: '*', aside: true };
  }

  /** Where a message is. */
  find(id: string): SpoolFolder | undefined {
    if (performance.now() - this.#listedMs > foldersMs) {
      this.#folders = queueFolders(this.#place);
      this.#listedMs = performance.now();
    }
    const isIn = (folder: string): boolean => existsSync(path.join(folder, `${id}-H`));
    return this.#folders.find(({ input }) => isIn(input) || isIn(path.join(input, splitFolder(id))));
  }
}
