/** The last ids that were delivered, as many as there is room for. */
export class RecentIds {
  readonly #room: number;
  readonly #ids = new Set<string>();

  constructor(room: number) {
    this.#room = room;
  }

  /** Leaves those of the items that are not known yet, and knows them from now on. */
  unknown<T extends { readonly id: string }>(items: readonly T[]): readonly T[] {
    const left = items.filter(({ id }) => !this.#ids.has(id));
    for (const { id } of left) this.#ids.add(id);
    for (const id of this.#ids) {
      if (this.#ids.size <= this.#room) break;
      this.#ids.delete(id);
    }
    return left;
  }
}
