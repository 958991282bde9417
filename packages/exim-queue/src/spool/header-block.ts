import { type ByteLines, isDigit, isSpace } from './byte-lines.ts';

const lineFeed = 10;
const star = 42;
const colon = 58;

/** Which headers to keep: by their names in lower case, or all. */
export type HeaderChoice = ReadonlySet<string> | 'all';

/**
 * The headers in a -H: for each its length in three digits or more, a letter, a blank, and that many bytes. Those with `*`
 * for a letter were replaced and are not sent.
 */
export class HeaderBlock {
  /** Bytes of those that are sent. */
  bytes = 0;
  chosen: Record<string, string[]> = {};

  /**
   * @param at where the blank line before them is
   * @param nulAt where the file's first NUL is
   */
  read(lines: ByteLines, at: number, nulAt: number, choice: HeaderChoice | undefined): 'ok' | 'ended' | 'damaged' {
    const { bytes, length } = lines;
    this.bytes = 0;
    if (choice !== undefined) this.chosen = Object.create(null) as Record<string, string[]>;
    if (at >= length) return 'ended';
    if (bytes[at] !== lineFeed) return 'damaged';
    let next = at + 1;
    while (next < length) {
      if (!isDigit(bytes[next] as number)) return 'damaged';
      const count = lines.integer(next, length);
      const letterAt = lines.stop;
      if (letterAt >= length) {
        // Where the file ends here, Exim has already added it up; and nothing is missing of a header of no length.
        this.bytes += count;
        return count === 0 ? 'ok' : 'ended';
      }
      const isSent = bytes[letterAt] !== star;
      let start = letterAt + 1;
      while (start < length && isSpace(bytes[start] as number)) start += 1;
      next = start + count;
      if (isSent) this.bytes += count;
      if (nulAt < next) return 'damaged';
      if (next > length) return 'ended';
      if (isSent && choice !== undefined) this.#keep(lines, start, next, choice);
    }
    return 'ok';
  }

  #keep(lines: ByteLines, start: number, end: number, choice: HeaderChoice): void {
    const { bytes } = lines;
    let at = start;
    while (at < end && bytes[at] !== colon) at += 1;
    if (at === end) return;
    const name = lines.text(start, at).trimEnd().toLowerCase();
    if (choice !== 'all' && !choice.has(name)) return;
    const text = unfolded(lines.text(at + 1, end));
    const texts = this.chosen[name];
    if (texts === undefined) this.chosen[name] = [text];
    else texts.push(text);
  }
}

/** Without the line breaks before white space, and without white space around it. */
const unfolded = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replace(/\n(?=[ \t])/g, '')
    .trim();
