import type { Expiring } from '@sluice/pipeline';
import type { Target } from './target.ts';

const holderKey = (jail: string, id: string): string => `${jail.length} ${jail} ${id}`;

/** One network's holders, each with the end it asks for. Nearly always there is one, so a map is made for more only. */
export class HeldNetwork {
  readonly target: Target;
  /** Place among the ends. */
  place: Expiring<HeldNetwork> | undefined;
  /** Whether it is let in at {@link endMs} without the backend's doing. */
  endsByItself = false;
  /** Whether it stood already and nobody known wants it: whoever speaks of it next decides about it alone. */
  readonly isAdopted: boolean;
  /** Jail of the latest hold. */
  jail: string;
  #endMs: number;
  readonly #onlyJail: string;
  readonly #onlyId: string;
  #all: Map<string, number> | undefined;

  constructor(target: Target, jail: string, id: string, endMs: number, isAdopted = false) {
    this.target = target;
    this.isAdopted = isAdopted;
    this.jail = jail;
    this.#endMs = endMs;
    this.#onlyJail = jail;
    this.#onlyId = id;
  }

  /** When the last hold ends. */
  get endMs(): number {
    return this.#endMs;
  }

  set(jail: string, id: string, endMs: number): void {
    this.jail = jail;
    if (this.#all === undefined) {
      if (this.#isOnly(jail, id)) {
        this.#endMs = endMs;
        return;
      }
      this.#all = new Map([[holderKey(this.#onlyJail, this.#onlyId), this.#endMs]]);
    }
    const holder = holderKey(jail, id);
    const wasLast = this.#all.get(holder) === this.#endMs;
    this.#all.set(holder, endMs);
    if (endMs >= this.#endMs) this.#endMs = endMs;
    else if (wasLast) this.#findEnd(this.#all);
  }

  /** Takes a hold away; true when none is left. */
  delete(jail: string, id: string): boolean {
    if (this.#all === undefined) return this.#isOnly(jail, id);
    const holder = holderKey(jail, id);
    const wasLast = this.#all.get(holder) === this.#endMs;
    this.#all.delete(holder);
    if (wasLast && this.#all.size > 0) this.#findEnd(this.#all);
    return this.#all.size === 0;
  }

  #isOnly(jail: string, id: string): boolean {
    return jail === this.#onlyJail && id === this.#onlyId;
  }

  /** Looks through all holds; only needed when the one that ends last goes, which ordinarily goes last. */
  #findEnd(all: ReadonlyMap<string, number>): void {
    this.#endMs = Number.NEGATIVE_INFINITY;
    for (const endMs of all.values()) if (endMs > this.#endMs) this.#endMs = endMs;
  }
}
