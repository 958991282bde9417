/** How records of a table are written: JSON. Fields that may be `Infinity`, which JSON lacks, are then null. */
export class Codec<V extends object> {
  readonly #infinite: readonly string[];
  readonly #fits: (record: Readonly<Record<string, unknown>>) => boolean;

  /**
   * @param fits whether what was read is a record of this table, by the fields that are relied on
   * @param infinite names of the fields that are numbers and may be `Infinity`
   */
  constructor(fits: (record: Readonly<Record<string, unknown>>) => boolean, infinite: readonly string[] = []) {
    this.#fits = fits;
    this.#infinite = infinite;
  }

  encode(record: V): string {
    return JSON.stringify(record);
  }

  /** The record; undefined when the text is none. */
  decode(text: string): V | undefined {
    try {
      const record: unknown = JSON.parse(text);
      if (typeof record !== 'object' || record === null) return undefined;
      const fields = record as Record<string, unknown>;
      for (const name of this.#infinite) if (fields[name] === null) fields[name] = Number.POSITIVE_INFINITY;
      return this.#fits(fields) ? (record as V) : undefined;
    } catch {
      return undefined;
    }
  }
}
