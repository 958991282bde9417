const lineFeed = 10;

/** What `toString('latin1')` calls in the end, and much else before. */
interface Latin1 {
  latin1Slice(start: number, end: number): string;
}

/** Goes over the lines of a file's bytes; makes no objects, as it goes over the files of a hundred thousand messages. */
export class ByteLines {
  bytes: Buffer = Buffer.alloc(0);
  /** How many of the bytes are the file's. */
  length = 0;
  /** Where the next line begins. */
  at = 0;
  /** The present line, without its line feed. */
  start = 0;
  end = 0;
  /** Where the last {@link integer} ended. */
  stop = 0;

  /** Goes to the next line; false when there is none, or the file ends within it. It then still is the present line. */
  next(): boolean {
    const { bytes, length } = this;
    let at = this.at;
    this.start = at;
    while (at < length && bytes[at] !== lineFeed) at += 1;
    this.end = at;
    if (at >= length) {
      this.at = length;
      return false;
    }
    this.at = at + 1;
    return true;
  }

  /** The decimal integer after white space, as C's scanf reads it; NaN when there is none. Huge ones stay finite. */
  integer(from: number, end: number): number {
    const { bytes } = this;
    let at = from;
    while (at < end && isSpace(bytes[at] as number)) at += 1;
    const sign = bytes[at];
    const isNegative = sign === 45;
    if (at < end && (isNegative || sign === 43)) at += 1;
    const first = at;
    let value = 0;
    while (at < end && isDigit(bytes[at] as number)) {
      if (value < 1e15) value = value * 10 + (bytes[at] as number) - 48;
      at += 1;
    }
    this.stop = at;
    if (at === first) return Number.NaN;
    return isNegative ? -value : value;
  }

  /** Whether these bytes stand there. */
  has(word: Uint8Array, at: number, end: number): boolean {
    const { bytes } = this;
    const { length } = word;
    if (end - at < length) return false;
    for (let index = 0; index < length; index += 1) if (bytes[at + index] !== word[index]) return false;
    return true;
  }

  /** The bytes as text in UTF-8: a string of its own, which keeps nothing else of the file alive. */
  text(start: number, end: number): string {
    if (end <= start) return '';
    const { bytes } = this;
    let at = start;
    while (at < end && (bytes[at] as number) < 128) at += 1;
    return at === end ? (bytes as Buffer & Latin1).latin1Slice(start, end) : bytes.toString('utf8', start, end);
  }

  /** Whether the present line is what these bytes end with, from there on. */
  isEnd(of: Uint8Array, from: number): boolean {
    const { bytes, start, end } = this;
    if (end - start !== of.length - from) return false;
    for (let index = start; index < end; index += 1) if (bytes[index] !== of[from + index - start]) return false;
    return true;
  }

  /** Whether the bytes are this ASCII text. */
  isText(text: string, start: number, end: number): boolean {
    const { length } = text;
    if (end - start !== length) return false;
    const { bytes } = this;
    for (let index = 0; index < length; index += 1) if (bytes[start + index] !== text.charCodeAt(index)) return false;
    return true;
  }
}

export const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;

/** White space as C's isspace has it. */
export const isSpace = (byte: number): boolean => byte === 32 || (byte >= 9 && byte <= 13);
