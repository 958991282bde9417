const hourMs = 3_600_000;

/** How many mails may still be sent: so many in any hour. */
export class MailAllowance {
  readonly #max: number;
  /** When the latest mails were sent, oldest first. */
  readonly #sentMs: number[] = [];

  constructor(maxMailsPerHour: number) {
    this.#max = maxMailsPerHour;
  }

  /** Milliseconds until a mail may be sent; 0 when it may be now. */
  waitMs(nowMs: number): number {
    const oldest = this.#sentMs[0];
    if (oldest === undefined || this.#sentMs.length < this.#max) return 0;
    return Math.max(0, Math.min(hourMs, oldest + hourMs - nowMs));
  }

  sent(nowMs: number): void {
    this.#sentMs.push(nowMs);
    if (this.#sentMs.length > this.#max) this.#sentMs.shift();
  }
}
