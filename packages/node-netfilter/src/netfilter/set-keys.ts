import type { NftSet, SetRef } from '../ruleset/set.ts';

/** Which set. */
export type SetName = Pick<SetRef, 'family' | 'table' | 'set'>;

/** How the keys of a set read. */
export type SetKey = Pick<SetRef, 'key' | 'flags'>;

/** Most sets that are kept; those beyond are looked up again. */
const maxSets = 1024;

const nameOf = ({ family, table, set }: SetName): string => `${family} ${table} ${set}`;

/** How the keys of sets read: by what was told of the sets, else by asking once. Bounded. */
export class SetKeys {
  readonly #find: (set: SetName) => Promise<NftSet | undefined>;
  readonly #known = new Map<string, SetKey | undefined>();

  /** @param find looks a set up; undefined when it is not there */
  constructor(find: (set: SetName) => Promise<NftSet | undefined>) {
    this.#find = find;
  }

  /** Undefined where the set is gone by now, or cannot be asked for. */
  async of(set: SetName): Promise<SetKey | undefined> {
    const name = nameOf(set);
    if (!this.#known.has(name)) {
      try {
        this.#keep(name, await this.#find(set));
      } catch {
        return undefined;
      }
    }
    return this.#known.get(name);
  }

  /** A set was made. */
  add(set: NftSet): void {
    this.#keep(nameOf(set), set);
  }

  /** A set is gone, and a new one of that name may be another. */
  delete(set: SetName): void {
    this.#known.delete(nameOf(set));
  }

  /** Nothing that was known counts any more. */
  clear(): void {
    this.#known.clear();
  }

  #keep(name: string, set: NftSet | undefined): void {
    this.#known.delete(name);
    this.#known.set(name, set && { key: set.key, ...(set.flags !== undefined && { flags: set.flags }) });
    if (this.#known.size <= maxSets) return;
    const [oldest] = this.#known.keys();
    if (oldest !== undefined) this.#known.delete(oldest);
  }
}
