import { connect, type Socket } from 'node:net';
import type { Answer } from '../control/message.ts';

/** No answer came: nobody is there, or it took too long. */
export class NoAnswer extends Error {
  override readonly name: string = 'NoAnswer';
  /** The system's, `ENOENT` for one; `ETIMEDOUT` when it took too long. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/** A connection to a daemon's control socket. One command at a time. */
export class ControlClient {
  readonly #socket: Socket;
  #text = '';
  #waiting: Waiting | undefined;
  #lastId = 0;
  #lost: NoAnswer | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => this.#take(text));
    socket.on('error', (error: NodeJS.ErrnoException) => this.#end(new NoAnswer(error.code ?? '', error.message)));
    socket.on('close', () => this.#end(new NoAnswer('ECONNRESET', 'the daemon has closed the connection')));
  }

  /** @throws NoAnswer */
  static open(path: string): Promise<ControlClient> {
    return new Promise((resolve, reject) => {
      const socket = connect({ path });
      const refuse = (error: NodeJS.ErrnoException): void => reject(new NoAnswer(error.code ?? '', error.message));
      socket.once('error', refuse);
      socket.once('connect', () => {
        socket.off('error', refuse);
        resolve(new ControlClient(socket));
      });
    });
  }

  /** @throws NoAnswer */
  send(command: readonly string[], timeoutMs?: number): Promise<Answer> {
    if (this.#lost !== undefined) return Promise.reject(this.#lost);
    return new Promise((resolve, reject) => {
      const late = (): void => this.#end(new NoAnswer('ETIMEDOUT', 'timed out'));
      const timer = timeoutMs === undefined ? undefined : setTimeout(late, timeoutMs);
      this.#waiting = {
        resolve(answer) {
          clearTimeout(timer);
          resolve(answer);
        },
        reject(error) {
          clearTimeout(timer);
          reject(error);
        },
      };
      this.#lastId += 1;
      this.#socket.write(`${JSON.stringify({ id: this.#lastId, command })}\n`);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(text: string): void {
    // Searched in what is new only: an answer may be long.
    const end = text.indexOf('\n');
    if (end === -1) {
      this.#text += text;
      return;
    }
    const line = this.#text + text.slice(0, end);
    this.#text = text.slice(end + 1);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    try {
      waiting?.resolve(JSON.parse(line) as Answer);
    } catch {
      waiting?.reject(new NoAnswer('EPROTO', 'who answers there is no banwatchd'));
    }
  }

  #end(reason: NoAnswer): void {
    this.#lost ??= reason;
    this.#waiting?.reject(reason);
    this.#waiting = undefined;
    this.#socket.destroy();
  }
}
