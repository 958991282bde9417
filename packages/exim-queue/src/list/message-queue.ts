import { arrivalOrder } from '../id/arrival-order.ts';
import { PackedIds } from '../id/packed-ids.ts';
import { MessagePaths } from '../spool/message-paths.ts';
import type { DirectoryNames } from '../spool/name-reader.ts';
import type { SpoolDirectory } from '../spool/spool-directory.ts';

interface Place {
  readonly directory: SpoolDirectory;
  readonly paths: MessagePaths;
}

/** Messages that are to be read, and where each of them is. */
export class MessageQueue {
  readonly #ids: PackedIds;
  readonly #directories: Place[] = [];
  /** By the index of an id: the index of its directory. */
  readonly #places: Uint32Array;
  readonly #order: Uint32Array | undefined;
  /** Of the next one. */
  at = 0;

  /** @param isSorted whether they come in the order of their arrival, or as the directories have them */
  constructor(found: readonly DirectoryNames[], isSorted: boolean) {
    const [only] = found;
    this.#ids = found.length === 1 && only !== undefined ? only.ids : new PackedIds();
    this.#places = new Uint32Array(found.reduce((sum, { ids }) => sum + ids.length, 0));
    for (const { directory, ids } of found) {
      const place = this.#directories.push({ directory, paths: new MessagePaths(directory.path) }) - 1;
      if (ids === this.#ids) continue;
      this.#places.fill(place, this.#ids.length, this.#ids.length + ids.length);
      this.#ids.addAll(ids);
    }
    this.#order = isSorted ? arrivalOrder(this.#ids) : undefined;
  }

  get length(): number {
    return this.#places.length;
  }

  get hasNext(): boolean {
    return this.at < this.#places.length;
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

  directory(at: number): SpoolDirectory {
    return this.#place(this.#index(at)).directory;
  }

  #index(at: number): number {
    return this.#order === undefined ? at : (this.#order[at] as number);
  }

  #place(index: number): Place {
    return this.#directories[this.#places[index] as number] as Place;
  }
}
