import { isAscii } from 'node:buffer';

const initialBytes = 1 << 17;
/** A buffer that had to grow beyond this, for one large entry, is given back after it. */
const usualBytes = 1 << 20;
const notAscii = /[\x80-\xff]/;

/**
 * Bytes as latin1 text, one character for each, together with what was left of those before.
 *
 * A rest that nothing could be made of is tried again when at least as much has come: the time is linear in the bytes,
 * however small the chunks are.
 */
export class GatheredText {
  /** One buffer for all chunks: they come faster than garbage is collected. */
  #buffer = Buffer.allocUnsafeSlow(initialBytes);
  #restBytes = 0;
  #bytes = 0;
  #isAscii = true;

  /** Whether the text is ASCII for certain. */
  get isAscii(): boolean {
    return this.#isAscii;
  }

  /** How many bytes are kept. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether it is worth while to look at the text. */
  get isDue(): boolean {
    return this.#bytes >= 2 * this.#restBytes;
  }

  get text(): string {
    return this.#buffer.toString('latin1', 0, this.#bytes);
  }

  add(chunk: Uint8Array): void {
    if (this.#isAscii && !isAscii(chunk)) this.#isAscii = false;
    const bytes = this.#bytes + chunk.length;
    if (bytes > this.#buffer.length) this.#resize(Math.max(bytes, 2 * this.#buffer.length));
    this.#buffer.set(chunk, this.#bytes);
    this.#bytes = bytes;
  }

  /** Takes away so much of the text, from its beginning; the rest is kept. */
  drop(length: number): void {
    this.#buffer.copyWithin(0, length, this.#bytes);
    this.#bytes -= length;
    this.#restBytes = this.#bytes;
    this.#isAscii ||= !notAscii.test(this.text);
    if (this.#buffer.length > usualBytes && this.#bytes < initialBytes) this.#resize(initialBytes);
  }

  #resize(length: number): void {
    const buffer = Buffer.allocUnsafeSlow(length);
    this.#buffer.copy(buffer, 0, 0, this.#bytes);
    this.#buffer = buffer;
  }
}
