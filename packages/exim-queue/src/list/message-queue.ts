import { arrivalOrder } from '../id/arrival-order.ts';
import { PackedIds } from '../id/packed-ids.ts';
import { MessagePaths } from '../spool/message-paths.ts';
import type { DirectoryNames } from '../spool/name-reader.ts';
import type { SpoolDirectory } from '../spool/spool-directory.ts';
import { fromWorkingDirectory } from './from-working-directory.ts';

const noJournals: ReadonlySet<string> = new Set();

/** A directory, and what is the same for all its messages. */
interface Place {
  readonly directory: SpoolDirectory;
  /** The same without its journals, for messages that have none. */
  readonly unjournaled: SpoolDirectory;
  /** Seconds of the ids that have a journal: numbers are found more quickly than texts are made. */
  readonly journaled: ReadonlySet<number>;
  paths: MessagePaths;
}

/** Messages that are to be read, and where each of them is. */
export class MessageQueue {
  readonly #ids: PackedIds;
  readonly #places: Place[] = [];
  /** By the index of an id: the index of its place. */
  readonly #placeOf: Uint32Array;
  readonly #order: Uint32Array | undefined;
  #workingDirectory = '';
  /** Of the next one. */
  at = 0;

  /** @param isSorted whether they come in the order of their arrival, or as the directories have them */
  constructor(found: readonly DirectoryNames[], isSorted: boolean) {
    const [only] = found;
    this.#ids = found.length === 1 && only !== undefined ? only.ids : new PackedIds();
    this.#placeOf = new Uint32Array(found.reduce((sum, { ids }) => sum + ids.length, 0));
    for (const names of found) {
      const place = this.#places.push(placeOf(names)) - 1;
      if (names.ids === this.#ids) continue;
      this.#placeOf.fill(place, this.#ids.length, this.#ids.length + names.ids.length);
      this.#ids.addAll(names.ids);
    }
    this.#order = isSorted ? arrivalOrder(this.#ids) : undefined;
  }

  get length(): number {
    return this.#placeOf.length;
  }

  get hasNext(): boolean {
    return this.at < this.#placeOf.length;
  }

  /**
   * Makes the paths short where the messages lie below the working directory: of the time that the system takes to open a
   * file, a sixth goes by with the folders on the way. To be called whenever the working directory may have changed.
   */
  settle(): void {
    const workingDirectory = process.cwd();
    if (workingDirectory === this.#workingDirectory) return;
    this.#workingDirectory = workingDirectory;
    for (const place of this.#places)
      place.paths = new MessagePaths(fromWorkingDirectory(place.directory.path, workingDirectory));
  }

  /** @param at which one; the others likewise */
  id(at: number): string {
    return this.#ids.text(this.#index(at));
  }

  /** The path of its -H; it holds until the next call. */
  path(at: number): Buffer {
    const index = this.#index(at);
    return this.#place(index).paths.of(this.#ids, index);
  }

  /** Of the name of its -H. */
  nameLength(at: number): number {
    return this.#ids.lengthOf(this.#index(at)) + 2;
  }

  directory(at: number): SpoolDirectory {
    const index = this.#index(at);
    const { directory, unjournaled, journaled } = this.#place(index);
    return journaled.size > 0 && journaled.has(this.#ids.secondsOf(index)) ? directory : unjournaled;
  }

  #index(at: number): number {
    return this.#order === undefined ? at : (this.#order[at] as number);
  }

  #place(index: number): Place {
    return this.#places[this.#placeOf[index] as number] as Place;
  }
}

function placeOf({ directory, journals }: DirectoryNames): Place {
  const journaled = new Set<number>();
  for (let index = 0; index < journals.length; index += 1) journaled.add(journals.secondsOf(index));
  const unjournaled = { ...directory, journals: noJournals };
  return { directory, unjournaled, journaled, paths: new MessagePaths(directory.path) };
}
