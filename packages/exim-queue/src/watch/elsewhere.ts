import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { isQueue } from '../exim/queue-names.ts';
import { splitFolder } from '../id/split-folder.ts';
import type { QueuePlace } from '../queue-place.ts';
import type { SpoolFolder } from '../spool/spool-folder.ts';
import { foldersOf } from '../spool/spool-folders.ts';

/** How long the names of queues are taken to be all that there are, in ms: many messages leave at once. */
const namesMs = 20;

/** Looks for messages in the queues of a spool that are not watched. */
export class Elsewhere {
  readonly #place: QueuePlace;
  #folders: readonly SpoolFolder[] = [];
  #listedMs = Number.NEGATIVE_INFINITY;

  constructor(place: QueuePlace) {
    this.#place = place;
  }

  /** Where a message is, if it is in one of them. */
  find(id: string): SpoolFolder | undefined {
    if (performance.now() - this.#listedMs > namesMs) {
      this.#folders = this.#list();
      this.#listedMs = performance.now();
    }
    const isIn = (folder: string): boolean => existsSync(path.join(folder, `${id}-H`));
    return this.#folders.find(({ input }) => isIn(input) || isIn(path.join(input, splitFolder(id))));
  }

  #list(): readonly SpoolFolder[] {
    const { spoolDirectory, queue, aside } = this.#place;
    const isWatched = (folder: SpoolFolder): boolean =>
      (queue === '*' || folder.queue === queue) && (aside || !folder.isAside);
    return ['', ...namesIn(spoolDirectory)]
      .flatMap((name) => foldersOf({ ...this.#place, aside: true }, name))
      .filter((folder) => !isWatched(folder));
  }
}

/** Names of the queues; none where the spool's folder may not be read, or is gone. */
function namesIn(spoolDirectory: string): readonly string[] {
  try {
    return readdirSync(spoolDirectory).filter((name) => isQueue(spoolDirectory, name));
  } catch {
    return [];
  }
}
