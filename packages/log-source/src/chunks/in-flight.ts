import { Credits } from '@sluice/pipeline';

/** A place in a file that reading can go on from. */
export interface Mark {
  readonly position: number;
  /** Whether it lies inside a line that was cut. */
  readonly inCut: boolean;
  /** The bytes before it, by which it is known again. */
  readonly before: Buffer;
}

interface Flight {
  readonly mark: Mark;
  acked: boolean;
}

/** The un-acked chunks of one file. Acks come in any order; {@link lowest} is how far they leave no gap. */
export class InFlight {
  readonly #credits: Credits;
  readonly #flights: Flight[] = [];

  /** @param onFree called when a chunk is acked after a {@link take} was refused */
  constructor(maxInFlight: number, onFree: () => void) {
    this.#credits = new Credits(maxInFlight, onFree);
  }

  get isEmpty(): boolean {
    return this.#flights.length === 0;
  }

  /** Beginning of the first un-acked chunk. */
  get lowest(): Mark | undefined {
    return this.#flights[0]?.mark;
  }

  /** Takes a credit for a chunk to come; false when all are out. */
  take(): boolean {
    return this.#credits.take();
  }

  /** Gives a credit back for which no chunk came. */
  cancel(): void {
    this.#credits.give();
  }

  /**
   * Notes a chunk that a credit was taken for.
   *
   * @param mark where the chunk begins
   * @returns to be called once, on its ack
   */
  add(mark: Mark): () => void {
    const flight = { mark, acked: false };
    this.#flights.push(flight);
    return () => {
      flight.acked = true;
      while (this.#flights[0]?.acked === true) this.#flights.shift();
      this.#credits.give();
    };
  }
}
