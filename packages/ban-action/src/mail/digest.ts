import type { BanEvent } from '@sluice/pipeline';

/** What a mail is about. */
export interface MailContent {
  /** The first of them, in their order. */
  readonly events: readonly BanEvent[];
  /** How many there were in all. */
  readonly total: number;
  /** Of how many jails. */
  readonly byJail: ReadonlyMap<string, number>;
}

const maxJails = 1000;

/** Gathers events until they can be mailed: the first ones whole, of the others the number. */
export class Digest {
  readonly #maxEvents: number;
  #events: BanEvent[] = [];
  #byJail = new Map<string, number>();
  #total = 0;

  constructor(maxEvents: number) {
    this.#maxEvents = maxEvents;
  }

  get isEmpty(): boolean {
    return this.#total === 0;
  }

  add(event: BanEvent): void {
    this.#total += 1;
    if (this.#events.length < this.#maxEvents) this.#events.push(event);
    const known = this.#byJail.get(event.jail);
    if (known !== undefined || this.#byJail.size < maxJails) this.#byJail.set(event.jail, (known ?? 0) + 1);
  }

  take(): MailContent {
    const content = { events: this.#events, total: this.#total, byJail: this.#byJail };
    this.#events = [];
    this.#byJail = new Map();
    this.#total = 0;
    return content;
  }

  /** Puts back what could not be mailed, before what has come since. */
  restore({ events, total, byJail }: MailContent): void {
    const { events: later, total: laterTotal, byJail: laterByJail } = this.take();
    this.#events = [...events, ...later].slice(0, this.#maxEvents);
    this.#total = total + laterTotal;
    this.#byJail = new Map(byJail);
    for (const [jail, count] of laterByJail) this.#byJail.set(jail, (this.#byJail.get(jail) ?? 0) + count);
  }
}
