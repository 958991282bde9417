import { arrivalOrder } from '../id/arrival-order.ts';
import type { DirectoryNames } from '../spool/name-reader.ts';
import type { SpoolDirectory } from '../spool/spool-directory.ts';

/** Messages that are to be read, by the names of their -H, and where each of them is. */
export class MessageQueue {
  readonly #names: string[] = [];
  readonly #directories: SpoolDirectory[] = [];
  /** By the index of a name: the index of its directory. */
  readonly #places: number[] = [];
  #order: Uint32Array | undefined;
  /** Of the next one. */
  at = 0;

  get length(): number {
    return this.#names.length;
  }

  get hasNext(): boolean {
    return this.at < this.#names.length;
  }

  add({ directory, names }: DirectoryNames): void {
    const place = this.#directories.push(directory) - 1;
    for (const name of names) {
      this.#names.push(name);
      this.#places.push(place);
    }
  }

  /** Puts all into the order of their arrival. */
  sort(): void {
    this.#order = arrivalOrder(this.#names);
  }

  /** @param ahead how many after the next one */
  name(ahead: number = 0): string {
    return this.#names[this.#index(ahead)] as string;
  }

  directory(ahead: number = 0): SpoolDirectory {
    return this.#directories[this.#places[this.#index(ahead)] as number] as SpoolDirectory;
  }

  #index(ahead: number): number {
    const at = this.at + ahead;
    return this.#order === undefined ? at : (this.#order[at] as number);
  }
}
