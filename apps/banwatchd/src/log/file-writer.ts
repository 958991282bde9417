import { closeSync, openSync, writeSync } from 'node:fs';
import { reasonOf } from '@sluice/command-line';
import type { LogWriter, WriterTroubles } from './log-writer.ts';

const mode = 0o600;
/** Held lines that are written at once, without waiting for the turn of the event loop to end. */
const maxHeldBytes = 64 * 1024;
/** Lines that are kept while the file cannot be written. */
const maxKeptBytes = 1024 * 1024;

/**
 * Appends lines to a file. Those of one turn of the event loop are written together. While the file cannot be written (the
 * disk is full), up to 1 MiB of lines is kept and tried again with the next one; further lines are lost and counted. A line
 * that was written in part is completed, never torn.
 */
export class FileWriter implements LogWriter {
  readonly #path: string;
  readonly #troubles: WriterTroubles;
  #fd: number;
  /** What could not be written, or only in part. */
  #rest: Buffer = Buffer.alloc(0);
  /** Lines after it: text, since many lines are made bytes in one go at a fraction of the cost. */
  #held = '';
  #bytes = 0;
  #lost = 0;
  #isBroken = false;
  #turn: NodeJS.Immediate | undefined;

  /** @throws the system's error when the file cannot be opened */
  constructor(path: string, troubles: WriterTroubles) {
    this.#path = path;
    this.#troubles = troubles;
    this.#fd = openSync(path, 'a', mode);
    // What the last turn of a dying process has said matters most.
    process.on('exit', this.#writeOut);
  }

  write(line: string): void {
    const bytes = Buffer.byteLength(line) + 1;
    if (this.#bytes + bytes > maxKeptBytes) {
      this.#lost += 1;
      return;
    }
    this.#held += `${line}\n`;
    this.#bytes += bytes;
    if (this.#bytes > maxHeldBytes && !this.#isBroken) this.#writeOut();
    else this.#turn ??= setImmediate(this.#writeOut);
  }

  flush(): void {
    this.#writeOut();
    const fd = openSync(this.#path, 'a', mode);
    closeSync(this.#fd);
    this.#fd = fd;
    this.#writeOut();
  }

  async close(): Promise<void> {
    this.#writeOut();
    process.off('exit', this.#writeOut);
    closeSync(this.#fd);
  }

  readonly #writeOut = (): void => {
    clearImmediate(this.#turn);
    this.#turn = undefined;
    if (this.#bytes === 0) return;
    let rest = this.#rest.length === 0 ? Buffer.from(this.#held) : Buffer.concat([this.#rest, Buffer.from(this.#held)]);
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(this.#fd, rest));
    } catch (error) {
      if (!this.#isBroken) this.#troubles.broken(`${this.#path} cannot be written: ${reasonOf(error)}`);
      this.#isBroken = true;
    }
    this.#held = '';
    this.#rest = rest;
    this.#bytes = rest.length;
    if (rest.length > 0 || !this.#isBroken) return;
    const lost = this.#lost;
    [this.#isBroken, this.#lost] = [false, 0];
    this.#troubles.mended(lost);
  };
}
