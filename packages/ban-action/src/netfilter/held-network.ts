/** One network's holders, each with the end it asks for. Nearly always there is one, so a map is made for more only. */
export class HeldNetwork {
  #endMs: number;
  #only: string;
  #all: Map<string, number> | undefined;

  constructor(holder: string, endMs: number) {
    this.#only = holder;
    this.#endMs = endMs;
  }

  /** When the last hold ends. */
  get endMs(): number {
    return this.#endMs;
  }

  set(holder: string, endMs: number): void {
    if (this.#all === undefined && holder === this.#only) {
      this.#endMs = endMs;
      return;
    }
    this.#all ??= new Map([[this.#only, this.#endMs]]);
    const wasLast = this.#all.get(holder) === this.#endMs;
    this.#all.set(holder, endMs);
    if (endMs >= this.#endMs) this.#endMs = endMs;
    else if (wasLast) this.#findEnd(this.#all);
  }

  /** Takes a hold away; true when none is left. */
  delete(holder: string): boolean {
    if (this.#all === undefined) return holder === this.#only;
    const wasLast = this.#all.get(holder) === this.#endMs;
    this.#all.delete(holder);
    if (wasLast && this.#all.size > 0) this.#findEnd(this.#all);
    return this.#all.size === 0;
  }

  /** Looks through all holds; only needed when the one that ends last goes, which ordinarily goes last. */
  #findEnd(all: ReadonlyMap<string, number>): void {
    this.#endMs = Number.NEGATIVE_INFINITY;
    for (const endMs of all.values()) if (endMs > this.#endMs) this.#endMs = endMs;
  }
}
