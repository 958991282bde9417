import { isAscii } from 'node:buffer';

/**
 * Bytes as latin1 text, one character for each, together with what was left of those before.
 *
 * A rest that nothing could be made of is tried again when at least as much has come: the time is linear in the bytes,
 * however small the chunks are.
 */
export class GatheredText {
  #parts: string[] = [];
  #restBytes = 0;
  #newBytes = 0;
  #isAscii = true;

  /** Whether the text that was taken last is ASCII for certain. */
  get isAscii(): boolean {
    return this.#isAscii;
  }

  /** Bytes that are kept. */
  get bytes(): number {
    return this.#restBytes + this.#newBytes;
  }

  add(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (this.#isAscii && !isAscii(bytes)) this.#isAscii = false;
    this.#parts.push(bytes.toString('latin1'));
    this.#newBytes += bytes.length;
  }

  /** Whether trying is worth it. */
  get isDue(): boolean {
    return this.#newBytes >= this.#restBytes;
  }

  /** All text there is. */
  take(): string {
    const text = this.#parts.join('');
    this.#parts = [];
    this.#restBytes = 0;
    this.#newBytes = 0;
    return text;
  }

  /** What is left of the text that was taken. */
  putBack(rest: string): void {
    if (rest !== '') this.#parts.push(rest);
    this.#restBytes = rest.length;
    this.#isAscii ||= !/[\x80-\xff]/.test(rest);
  }
}
