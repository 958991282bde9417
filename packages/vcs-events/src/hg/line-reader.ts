import { VcsEventsError } from '../vcs-events-error.ts';

const lineFeed = 0x0a;

/** Cuts bytes into lines, however they are divided into chunks; each line's bytes are copied once. */
export class LineReader {
  readonly #maxBytes: number;
  #parts: Buffer[] = [];
  #bytes = 0;

  /** @param maxBytes a longer line is an error */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Whether no line has begun that has not ended. */
  get isAtStart(): boolean {
    return this.#bytes === 0;
  }

  /** The lines that this chunk ends, until one is too long. */
  *feed(chunk: Buffer): Generator<string, void, undefined> {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      this.#add(chunk.subarray(start, end));
      const [only] = this.#parts;
      yield (this.#parts.length === 1 && only !== undefined ? only : Buffer.concat(this.#parts)).toString();
      this.#parts = [];
      this.#bytes = 0;
      start = end + 1;
    }
    if (start < chunk.length) this.#add(chunk.subarray(start));
  }

  #add(part: Buffer): void {
    this.#bytes += part.length;
    this.#parts.push(part);
    if (this.#bytes <= this.#maxBytes) return;
    const fault = `a changeset has more than maxCommitBytes = ${this.#maxBytes} bytes`;
    throw new VcsEventsError('ERR_VCS_EVENTS_TOO_LARGE', fault, { limit: this.#maxBytes });
  }
}
