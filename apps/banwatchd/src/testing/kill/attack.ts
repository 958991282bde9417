import { appendFileSync, copyFileSync, existsSync, mkdirSync, renameSync, truncateSync } from 'node:fs';
import path from 'node:path';

/** Logs as a server writes them, with failures in them that are counted here, too. */
export class Attack {
  /** Failures by log and address. */
  readonly failures: Readonly<Record<LogName, Map<string, number>>> = { create: new Map(), copy: new Map() };
  readonly #folder: string;
  readonly #copies: boolean;
  #lines = 0;

  /** @param copies whether `copy.log` is rotated by copying and truncating */
  constructor(folder: string, copies: boolean) {
    this.#folder = folder;
    this.#copies = copies;
    mkdirSync(folder, { recursive: true });
    for (const log of logNames) appendFileSync(this.#path(log), '');
  }

  /** Appends failures of an address, and a line that is none. */
  fail(log: LogName, address: string, times = 1): void {
    for (let time = 0; time < times; time += 1) {
      this.#lines += 1;
      const now = new Date().toISOString().replace(/\.\d+/, '');
      const noise = `${now} 198.51.100.1 visits #${this.#lines}\n`;
      appendFileSync(this.#path(log), `${noise}${now} ${address} attacks #${this.#lines}\n`);
    }
    this.failures[log].set(address, (this.failures[log].get(address) ?? 0) + times);
  }

  /** What logrotate does: a log is renamed and made anew, or, where that is asked for, `copy.log` is copied and truncated. */
  rotate(log: LogName): void {
    const file = this.#path(log);
    for (let number = 50; number >= 1; number -= 1)
      if (existsSync(`${file}.${number}`)) renameSync(`${file}.${number}`, `${file}.${number + 1}`);
    if (log === 'create' || !this.#copies) {
      renameSync(file, `${file}.1`);
      appendFileSync(file, '');
    } else {
      copyFileSync(file, `${file}.1`);
      truncateSync(file);
    }
  }

  #path(log: LogName): string {
    return path.join(this.#folder, `${log}.log`);
  }
}

export const logNames = ['create', 'copy'] as const;
export type LogName = (typeof logNames)[number];
