import type { Socket } from 'node:net';
import { LineSplitter } from './line-splitter.ts';
import type { Answer } from './message.ts';

/** How a connection is bounded. */
export interface ConnectionLimits {
  readonly maxLineBytes: number;
  /** Requests that wait for the one before them. */
  readonly maxWaiting: number;
  /** How long a peer may take to read an answer. */
  readonly readTimeoutMs: number;
}

/**
 * Answers the lines of one connection, one after the other. A line that is too long is answered and ends the connection;
 * a peer that does not read its answers is dropped.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #limits: ConnectionLimits;
  readonly #answer: (line: string) => Promise<Answer>;
  readonly #waiting: string[] = [];
  readonly #splitter: LineSplitter;
  #isBusy = false;
  #isEnding = false;

  constructor(socket: Socket, answer: (line: string) => Promise<Answer>, limits: ConnectionLimits) {
    this.#socket = socket;
    this.#limits = limits;
    this.#answer = answer;
    this.#splitter = new LineSplitter(limits.maxLineBytes);
    socket.on('data', (block: Buffer) => this.#take(block));
    // Whoever has gone needs no answer.
    socket.on('error', () => socket.destroy());
    socket.on('end', () => this.end());
  }

  /** Ends it when all that was asked is answered. */
  end(): void {
    this.#isEnding = true;
    if (!this.#isBusy) this.#socket.end();
  }

  #take(block: Buffer): void {
    if (this.#isEnding) return;
    const lines = this.#splitter.push(block);
    if (lines === undefined) {
      const message = `a request must be at most ${this.#limits.maxLineBytes} bytes long`;
      this.#waiting.length = 0;
      this.#isEnding = true;
      void this.#write({ id: null, ok: false, error: { code: 'ERR_BANWATCHD_REQUEST', message } }).then(() =>
        this.end(),
      );
      return;
    }
    this.#waiting.push(...lines.filter((line) => line.trim() !== ''));
    if (this.#waiting.length > this.#limits.maxWaiting) this.#socket.pause();
    if (!this.#isBusy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    for (let line = this.#waiting.shift(); line !== undefined; line = this.#waiting.shift()) {
      await this.#write(await this.#answer(line));
      if (this.#waiting.length <= this.#limits.maxWaiting) this.#socket.resume();
    }
    this.#isBusy = false;
    if (this.#isEnding) this.#socket.end();
  }

  /** Waits until the peer has taken it, so that answers do not pile up. */
  #write(answer: Answer): Promise<void> {
    return new Promise((resolve) => {
      if (this.#socket.destroyed) {
        resolve();
        return;
      }
      const timer = setTimeout(() => this.#socket.destroy(), this.#limits.readTimeoutMs);
      const done = (): void => {
        clearTimeout(timer);
        this.#socket.off('close', done);
        resolve();
      };
      this.#socket.once('close', done);
      this.#socket.write(`${JSON.stringify(answer)}\n`, done);
    });
  }
}
