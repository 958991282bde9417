import type { Part } from './protocol.ts';

interface Arrived {
  readonly part: Part;
  readonly slot: number;
}

/** Puts the parts of workers into the order of the file. */
export class StripeOrder {
  readonly #deliver: (part: Part, slot: number) => void;
  /** Parts that came before their turn, by stripe, each stripe's in order. */
  readonly #waiting = new Map<number, Arrived[]>();
  #turn = 0;

  constructor(deliver: (part: Part, slot: number) => void) {
    this.#deliver = deliver;
  }

  /** Takes a part, and delivers all whose turn it is. Throws what `deliver` throws. */
  add(part: Part, slot: number): void {
    const same = this.#waiting.get(part.stripe) ?? [];
    same.push({ part, slot });
    this.#waiting.set(part.stripe, same);
    for (let ready = this.#take(); ready !== undefined; ready = this.#take()) this.#deliver(ready.part, ready.slot);
  }

  #take(): Arrived | undefined {
    const parts = this.#waiting.get(this.#turn);
    const first = parts?.shift();
    if (first === undefined) return undefined;
    if (first.part.isLast) {
      this.#waiting.delete(this.#turn);
      this.#turn += 1;
    }
    return first;
  }
}
