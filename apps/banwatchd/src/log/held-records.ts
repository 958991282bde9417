import type { LogRecord } from './log-record.ts';

const maxHeld = 1000;

/** Keeps the first records until it is known where the log goes. */
export class HeldRecords {
  readonly #records: LogRecord[] = [];
  #lost = 0;

  take(record: LogRecord): void {
    if (this.#records.length < maxHeld) this.#records.push(record);
    else this.#lost += 1;
  }

  /** Hands over what was kept. @returns how many were not */
  release(take: (record: LogRecord) => void): number {
    for (const record of this.#records.splice(0)) take(record);
    const lost = this.#lost;
    this.#lost = 0;
    return lost;
  }
}
