import type { Writable } from 'node:stream';
import { reasonOf } from '@sluice/command-line';
import type { LogWriter, WriterTroubles } from './log-writer.ts';

/** Lines that wait for a slow reader; further ones are lost and counted. */
const maxWaitingBytes = 1024 * 1024;

/** Writes lines to standard output or standard error. A reader that goes away ends nothing. */
export class StreamWriter implements LogWriter {
  readonly #stream: Writable;
  readonly #troubles: WriterTroubles;
  #lost = 0;
  #isGone = false;

  constructor(stream: Writable, troubles: WriterTroubles) {
    this.#stream = stream;
    this.#troubles = troubles;
    stream.on('error', this.#onError);
  }

  write(line: string): void {
    if (this.#isGone) return;
    if (this.#stream.writableLength > maxWaitingBytes) {
      if (this.#lost++ === 0) this.#stream.once('drain', this.#onDrain);
      return;
    }
    this.#stream.write(`${line}\n`);
  }

  flush(): void {}

  async close(): Promise<void> {
    this.#stream.off('drain', this.#onDrain);
    if (!this.#isGone && this.#stream.writableLength > 0)
      await new Promise<void>((resolve) => {
        this.#stream.once('error', () => resolve());
        this.#stream.write('', () => resolve());
      });
    this.#stream.off('error', this.#onError);
  }

  readonly #onDrain = (): void => {
    const lost = this.#lost;
    this.#lost = 0;
    this.#troubles.mended(lost);
  };

  readonly #onError = (error: Error): void => {
    if (this.#isGone) return;
    this.#isGone = true;
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE')
      this.#troubles.broken(`standard output cannot be written: ${reasonOf(error)}`);
  };
}
