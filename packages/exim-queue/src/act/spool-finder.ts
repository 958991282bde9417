import { splitFolder } from '../id/split-folder.ts';
import type { QueueField } from '../options.ts';
import type { QueueEntry } from '../queue-entry.ts';
import type { QueuePlace } from '../queue-place.ts';
import { FileBytes } from '../spool/file-bytes.ts';
import { LockView } from '../spool/lock-view.ts';
import { MessageReader } from '../spool/message-reader.ts';
import type { SpoolDirectory } from '../spool/spool-directory.ts';
import { foldersOf } from '../spool/spool-folders.ts';
import type { MessageFilter } from '../where/message-filter.ts';

/** A message may be moved, from a folder that was not looked into yet to one that was. */
const rounds = 2;

/** What to look for. */
export interface Wanted {
  /** What to read besides the envelope. Default: what the filter needs. */
  readonly fields?: readonly QueueField[];
  /** Messages that it does not select are read no further than it takes to know. Default: all are selected. */
  readonly filter?: MessageFilter | undefined;
  /** The present time, for the filter's ages. */
  readonly nowMs?: number;
}

/** Finds messages of one queue by their ids; many ids cost less than as many `readMessage`. */
export class SpoolFinder {
  readonly #reader: MessageReader;
  readonly #folders: ReturnType<typeof foldersOf>;
  readonly #directories = new Map<string, readonly SpoolDirectory[]>();
  readonly #filter: MessageFilter | undefined;
  readonly #nowMs: number;
  /** In which layout the last one lay: the others most likely do, too. */
  #isSplit = false;

  constructor(place: QueuePlace, queue: string, { fields = [], filter, nowMs = 0 }: Wanted) {
    this.#filter = filter;
    this.#nowMs = nowMs;
    this.#folders = foldersOf(place, queue);
    this.#reader = new MessageReader({
      fields: new Set([...fields, ...(filter?.fields ?? [])]),
      headers: filter?.headers ?? new Set(),
      filter,
      nowMs,
      locks: new LockView(),
      bytes: new FileBytes(),
    });
  }

  /** The message as it is now; `filtered` when the filter does not select it, undefined when it is not in the queue. */
  find(id: string): QueueEntry | 'filtered' | undefined {
    for (let round = 0; round < rounds; round += 1) {
      for (const split of [this.#isSplit, !this.#isSplit]) {
        for (const directory of this.#in(split ? `${splitFolder(id)}/` : '')) {
          const entry = this.#reader.read(directory, `${id}-H`);
          if (entry === 'gone') continue;
          this.#isSplit = split;
          return typeof entry === 'string' || this.#isKnown(entry) ? entry : 'filtered';
        }
      }
    }
    return undefined;
  }

  /** What cannot be read of a damaged message does not make the filter select it. */
  #isKnown(entry: QueueEntry): boolean {
    return entry.state !== 'damaged' || this.#filter === undefined || this.#filter.matches(entry, this.#nowMs);
  }

  #in(split: string): readonly SpoolDirectory[] {
    let directories = this.#directories.get(split);
    if (directories === undefined) {
      directories = this.#folders.map((folder) => ({
        folder,
        path: `${folder.input}/${split}`,
        split,
        journals: undefined,
      }));
      this.#directories.set(split, directories);
    }
    return directories;
  }
}
