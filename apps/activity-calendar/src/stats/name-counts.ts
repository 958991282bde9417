const maxNameLength = 200;

/**
 * Counts by name, for names that come from data: at most `max` different ones, those that came first.
 * Whatever came later is counted in {@link others}, so that the sum is always whole.
 */
export class NameCounts {
  readonly #max: number;
  readonly #counts = new Map<string, number>();
  #others = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** How often a name was added that had no place any more. */
  get others(): number {
    return this.#others;
  }

  add(name: string): void {
    const key = cutName(name);
    const count = this.#counts.get(key);
    if (count === undefined && this.#counts.size >= this.#max) this.#others += 1;
    else this.#counts.set(key, (count ?? 0) + 1);
  }

  /** The counts, most first; an object without prototype, since names may be `__proto__`. */
  toJSON(): Readonly<Record<string, number>> {
    const sorted = [...this.#counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
    const counts: Record<string, number> = Object.create(null);
    for (const [name, count] of sorted) counts[name] = count;
    return counts;
  }
}

/** A name as it is counted under: no longer than 200 characters. */
export const cutName = (name: string): string =>
  name.length <= maxNameLength ? name : `${name.slice(0, maxNameLength - 1)}…`;
