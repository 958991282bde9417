/**
 * Where a component counts. Names follow `<package>_<what>_<unit>_total`, as each package's `metrics.ts` lists them.
 * Counters are added to per chunk or per event, never per byte.
 */
export interface Metrics {
  add(name: string, by: number): void;
}

/** Counters in memory. */
export class CounterMetrics implements Metrics {
  readonly #values = new Map<string, number>();

  add(name: string, by: number): void {
    this.#values.set(name, (this.#values.get(name) ?? 0) + by);
  }

  /** The counter's value; 0 when nothing was added. */
  get(name: string): number {
    return this.#values.get(name) ?? 0;
  }

  /** All counters by name, a copy. */
  snapshot(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#values);
  }
}
