import { type Dir, opendirSync, type Stats, statSync } from 'node:fs';
import { isMessageId } from '../id/is-message-id.ts';
import type { KnownMessage, KnownMessages } from './known-messages.ts';
import { lookAt, type WatchedDirectory } from './watched-directories.ts';

export interface SeenJournal {
  readonly path: string;
  readonly size: number;
}

/** What a comparison works with. */
export interface ComparisonParts {
  readonly known: KnownMessages;
  /** The journals that were seen, by id. */
  readonly journals: Map<string, SeenJournal>;
  readonly nowMs: () => number;
  /** A message that may not be as it was. */
  readonly suspect: (id: string) => void;
  /** A directory that cannot be read: nothing is said of the messages in it. */
  readonly onUnreadable: (directory: WatchedDirectory, error: NodeJS.ErrnoException) => void;
}

const namesAtOnce = 512;
/** How much later than a file's change its time may say that it was, and the other way round. */
const clockSlackMs = 50;
/** Between looks at the clock. */
const stride = 32;

/**
 * Compares directories with what is known, the cheapest first: a directory whose times are the same has only its journals
 * looked at; in others names are compared, and then the times of each -H.
 *
 * A generator that yields often, so that its caller may pause.
 */
export class FolderComparison {
  readonly #parts: ComparisonParts;
  readonly #number: number;
  /** Numbers of the directories that were listed, or are gone. */
  readonly #listed = new Set<number>();
  #isUnreadable = false;

  /** @param number differs from that of every comparison before, and is not 0 */
  constructor(parts: ComparisonParts, number: number) {
    this.#parts = parts;
    this.#number = number;
  }

  *run(directories: Iterable<WatchedDirectory>, isWhole: boolean): Generator<void, void, undefined> {
    for (const directory of directories) {
      const look = lookAt(directory, this.#parts.nowMs());
      if (look === 'gone') {
        if (directory.isThere || directory.isStale) this.#listed.add(directory.number);
        directory.isThere = directory.isStale = false;
      } else if (look === 'changed') yield* this.#list(directory);
      else if (look !== 'same') this.#fail(directory, look);
      yield;
    }
    yield* this.#journals();
    yield* this.#missing(isWhole && !this.#isUnreadable);
  }

  #fail(directory: WatchedDirectory, error: NodeJS.ErrnoException): void {
    directory.isStale = true;
    this.#isUnreadable = true;
    this.#parts.onUnreadable(directory, error);
  }

  *#list(directory: WatchedDirectory): Generator<void, void, undefined> {
    let dir: Dir;
    try {
      dir = opendirSync(directory.path, { bufferSize: namesAtOnce });
    } catch (error) {
      this.#fail(directory, error as NodeJS.ErrnoException);
      return;
    }
    try {
      let count = 0;
      for (let entry = dir.readSync(); entry !== null; entry = dir.readSync()) {
        this.#name(directory, entry.name);
        count += 1;
        if (count % stride === 0) yield;
      }
      this.#listed.add(directory.number);
    } catch (error) {
      this.#fail(directory, error as NodeJS.ErrnoException);
    } finally {
      dir.closeSync();
    }
  }

  #name(directory: WatchedDirectory, name: string): void {
    const id = name.slice(0, -2);
    if (!isMessageId(id)) return;
    const { known, suspect } = this.#parts;
    const file = `${directory.path}/${name}`;
    if (name.endsWith('-J')) {
      this.#journal(id, file);
    } else if (name.endsWith('-H')) {
      const message = known.get(id);
      if (message === undefined) suspect(id);
      else {
        message.seen = this.#number;
        message.directory = directory.number;
        if (this.#hasChanged(message, file)) suspect(id);
      }
    }
  }

  /** Whether a -H is another than the one that was read, as far as its times and its inode tell. */
  #hasChanged(message: KnownMessage, file: string): boolean {
    const stats = statOf(file);
    if (stats === undefined) return true;
    const stamp = Math.trunc(stats.mtimeMs) * 4096 + (stats.ino % 4096);
    if (message.stamp === stamp) return false;
    // Negative: when it was read. A rename sets a file's change time, so what is older was read as it is now.
    const wasReadMs = -message.stamp;
    const isAsRead = message.stamp < 0 && stats.ctimeMs + clockSlackMs < wasReadMs;
    if (isAsRead) message.stamp = stamp;
    return !isAsRead;
  }

  #journal(id: string, file: string): void {
    const { known, suspect, journals } = this.#parts;
    const size = statOf(file)?.size;
    if (size === journals.get(id)?.size) return;
    if (size === undefined || known.get(id) === undefined) journals.delete(id);
    else journals.set(id, { path: file, size });
    suspect(id);
  }

  /** Journals grow without their directory noticing. */
  *#journals(): Generator<void, void, undefined> {
    for (const [id, { path }] of [...this.#parts.journals]) {
      this.#journal(id, path);
      yield;
    }
  }

  /** Messages that no listing saw. */
  *#missing(isWhole: boolean): Generator<void, void, undefined> {
    if (this.#listed.size === 0) return;
    const { known, suspect } = this.#parts;
    let count = 0;
    for (const [id, { directory, seen }] of known.entries()) {
      const isExpected = directory < 0 ? isWhole : this.#listed.has(directory);
      if (isExpected && seen !== this.#number) suspect(id);
      count += 1;
      if (count % (stride * 8) === 0) yield;
    }
  }
}

function statOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
