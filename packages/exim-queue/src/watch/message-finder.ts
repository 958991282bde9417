import { statSync } from 'node:fs';
import { splitFolder } from '../id/split-folder.ts';
import type { QueueField } from '../options.ts';
import type { QueueEntry } from '../queue-entry.ts';
import { FileBytes } from '../spool/file-bytes.ts';
import { LockView } from '../spool/lock-view.ts';
import { MessageReader } from '../spool/message-reader.ts';
import type { WatchedDirectories, WatchedDirectory } from './watched-directories.ts';

/** A message may be moved, from a directory that was not looked into yet to one that was. */
const rounds = 2;
const ifThere = { throwIfNoEntry: false } as const;

/** A message and where it lies. */
export interface FoundMessage {
  readonly entry: QueueEntry;
  readonly directory: WatchedDirectory;
}

/** Finds single messages in the directories that are there, and reads them. */
export class MessageFinder {
  readonly #directories: WatchedDirectories;
  readonly #reader: MessageReader;

  constructor(directories: WatchedDirectories, fields: ReadonlySet<QueueField>, headers: ReadonlySet<string>) {
    this.#directories = directories;
    this.#reader = new MessageReader({
      fields,
      headers,
      filter: undefined,
      nowMs: 0,
      locks: new LockView(),
      bytes: new FileBytes(),
    });
  }

  /** The message as its files are now; undefined when it is in none of the directories. */
  find(id: string): FoundMessage | undefined {
    const name = `${id}-H`;
    for (let round = 0; round < rounds; round += 1) {
      for (const directory of this.#directories.of(splitFolder(id))) {
        if (!mayBeThere(`${directory.spool.path}${name}`)) continue;
        const entry = this.#reader.read(directory.spool, name);
        if (typeof entry !== 'string') return { entry, directory };
      }
    }
    return undefined;
  }
}

/** Cheaper than an error for each directory that does not have it. */
function mayBeThere(file: string): boolean {
  try {
    return statSync(file, ifThere) !== undefined;
  } catch {
    return true;
  }
}
