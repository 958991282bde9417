import { isAscii, isUtf8 } from 'node:buffer';

/** Smaller pieces cost more in calls than they save. */
const pieceBytes = 4096;

/**
 * Cuts bytes into the texts that NUL ends, however the bytes are divided into chunks.
 *
 * Bytes are kept until their NUL is there, so no character is ever cut in two.
 */
export class TokenReader {
  /** What has been cut and not been taken. */
  tokens: string[] = [];
  /** Which of {@link tokens} hold U+FFFD in the place of bytes that are not UTF-8; ascending. */
  #invalid: number[] = [];
  /** How many of them were asked for and lie behind. */
  #passed = 0;
  #unfinished: Buffer[] = [];
  /** Bytes after the last NUL. */
  unfinishedBytes = 0;

  feed(chunk: Buffer): void {
    const end = chunk.lastIndexOf(0);
    if (end >= 0) {
      const head = chunk.subarray(0, end);
      this.#cut(this.#unfinished.length === 0 ? head : Buffer.concat([...this.#unfinished, head]));
      this.#unfinished = [];
      this.unfinishedBytes = 0;
    }
    if (end + 1 < chunk.length) {
      this.#unfinished.push(chunk.subarray(end + 1));
      this.unfinishedBytes += chunk.length - end - 1;
    }
  }

  /** Drops the first `count` tokens. */
  take(count: number): void {
    this.tokens = count === this.tokens.length ? [] : this.tokens.slice(count);
    if (this.#invalid.length > 0) this.#invalid = this.#invalid.filter((at) => at >= count).map((at) => at - count);
    this.#passed = 0;
  }

  /** Whether all of so many tokens are what the bytes say. Asked in ascending order between two calls of `take`. */
  isValid(at: number, count: number): boolean {
    while ((this.#invalid[this.#passed] ?? at) < at) this.#passed += 1;
    return (this.#invalid[this.#passed] ?? at + count) >= at + count;
  }

  /** ASCII is read many times faster than UTF-8, and makes shorter strings: what is not is narrowed down. */
  #cut(block: Buffer): void {
    const isPlain = isAscii(block);
    const middle = !isPlain && block.length > pieceBytes ? block.indexOf(0, block.length >> 1) : -1;
    if (middle >= 0) {
      this.#cut(block.subarray(0, middle));
      this.#cut(block.subarray(middle + 1));
    } else if (isPlain || isUtf8(block)) this.#add(block.toString(isPlain ? 'latin1' : 'utf8'));
    else this.#cutSlowly(block);
  }

  #add(text: string): void {
    for (const token of text.split('\0')) this.tokens.push(token);
  }

  #cutSlowly(block: Buffer): void {
    for (let start = 0, end = 0; end >= 0; start = end + 1) {
      end = block.indexOf(0, start);
      const bytes = block.subarray(start, end < 0 ? block.length : end);
      if (!isUtf8(bytes)) this.#invalid.push(this.tokens.length);
      this.tokens.push(bytes.toString());
    }
  }
}
