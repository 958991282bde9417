import type { MailProgress } from '../options.ts';

const intervalMs = 1000;

/** Tells of progress about once a second. */
export class ProgressClock {
  readonly #tell: ((progress: MailProgress) => void) | undefined;
  readonly #total: number;
  #mails = 0;
  #toldMs = performance.now();

  constructor(tell: ((progress: MailProgress) => void) | undefined, total: number) {
    this.#tell = tell;
    this.#total = total;
  }

  add(mails: number): void {
    this.#mails += mails;
    if (this.#tell === undefined || performance.now() - this.#toldMs < intervalMs) return;
    this.#toldMs = performance.now();
    this.end();
  }

  end(): void {
    this.#tell?.({ mails: this.#mails, total: Math.max(this.#total, this.#mails) });
  }
}
