import { GatheredText } from './gathered-text.ts';
import type { SvnLogEntry, SvnLogReader } from './log-entry.ts';
import { formatError, tooLargeError, truncatedError } from './log-error.ts';

/** In the place of a position: more text is needed. */
export const wait = -1;

const blanks = /^[\t\n\r ]*$/;
/** A file may begin with the mark of UTF-8. */
const blanksOrMark = /^[\t\n\r \xef\xbb\xbf]*$/;

/** Brings chunks to a reader that reads on step by step, and keeps the bounds. */
export abstract class ChunkedReader implements SvnLogReader {
  readonly #maxBytes: number;
  readonly #input = new GatheredText();
  /** Thrown when the entries before it have been returned. */
  #failure: unknown;
  /** Whether `<log>` is still to come, open, or closed. */
  protected place: 'before' | 'in' | 'after' = 'before';
  /** Entries that are whole. */
  protected entries: SvnLogEntry[] = [];

  constructor(maxCommitBytes: number) {
    this.#maxBytes = maxCommitBytes;
  }

  /** A text begins. */
  protected abstract begin(isAscii: boolean): void;

  /** So much of the text has been read; the next text begins with the rest. */
  protected abstract drop(length: number): void;

  /** Reads on from a place and returns where it has come to, or `wait`. Never further than `text.length`. */
  protected abstract step(text: string, from: number): number;

  /** How many bytes that were dropped belong to an entry that is open. */
  protected abstract openBytes(): number;

  feed(chunk: Uint8Array): readonly SvnLogEntry[] {
    if (this.#failure !== undefined) throw this.#failure;
    this.#input.add(chunk);
    const isTooMuch = this.openBytes() + this.#input.bytes > this.#maxBytes;
    return isTooMuch || this.#input.isDue ? this.#read() : [];
  }

  end(): readonly SvnLogEntry[] {
    const entries = this.#failure === undefined ? this.#read() : [];
    if (this.place !== 'after' || this.#input.bytes > 0) this.#failure ??= truncatedError();
    if (this.#failure !== undefined && entries.length === 0) throw this.#failure;
    return entries;
  }

  protected checkSize(bytes: number): void {
    if (bytes > this.#maxBytes) throw tooLargeError(this.#maxBytes);
  }

  /** Between elements is nothing else. */
  protected checkBlanks(text: string, from: number, to: number): void {
    const between = text.slice(from, to);
    const expected = this.place === 'before' ? blanksOrMark : blanks;
    if (!expected.test(between)) throw formatError('there is text between elements', between);
  }

  protected refuse(text: string, open: number): never {
    const tag = text.slice(open, open + 100);
    throw formatError(`${JSON.stringify(tag.slice(0, 40))} is nothing that svn log writes here`, tag);
  }

  #read(): readonly SvnLogEntry[] {
    const { text } = this.#input;
    this.begin(this.#input.isAscii);
    try {
      let at = 0;
      for (let next = 0; next !== wait; next = this.step(text, at)) at = next;
      this.#input.drop(at);
      this.drop(at);
      this.checkSize(this.openBytes() + this.#input.bytes);
    } catch (error) {
      if (this.entries.length === 0) throw error;
      this.#failure = error;
    }
    const { entries } = this;
    this.entries = [];
    return entries;
  }
}
