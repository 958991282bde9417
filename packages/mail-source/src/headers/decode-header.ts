import { charsetDecoder, decodeUnnamed } from './charset.ts';
import { type EncodedWord, nextWord } from './encoded-word.ts';
import { oneLine } from './one-line.ts';
import { rawText } from './raw-text.ts';

/** Names of charsets not known that are looked up per header; each costs, and a header can hold many thousands. */
const maxUnknown = 4;
const blanks = /^[ \t\r\n]*$/;

/** Called with the first charset in a header that is not known. */
export type OnUnknownCharset = (name: string) => void;

/** Turns words into text, those that follow each other in one charset as one. */
class WordDecoder {
  text = '';
  #charset = '';
  #pieces: Buffer[] = [];
  #unknown = 0;
  readonly #onUnknown: OnUnknownCharset | undefined;

  constructor(onUnknown: OnUnknownCharset | undefined) {
    this.#onUnknown = onUnknown;
  }

  /** Whether a word came and nothing since, so that blanks before a further word are only what separates them. */
  get isOpen(): boolean {
    return this.#pieces.length > 0;
  }

  literal(latin1: string): void {
    this.flush();
    this.text += rawText(latin1);
  }

  word({ charset, bytes }: EncodedWord): void {
    if (charset !== this.#charset) this.flush();
    this.#charset = charset;
    this.#pieces.push(bytes);
  }

  flush(): void {
    if (this.#pieces.length === 0) return;
    const [first] = this.#pieces;
    const bytes = this.#pieces.length === 1 ? (first as Buffer) : Buffer.concat(this.#pieces);
    this.#pieces = [];
    const decode = this.#unknown < maxUnknown ? charsetDecoder(this.#charset) : undefined;
    if (decode === undefined) this.#unknown += 1;
    if (decode === undefined && this.#unknown === 1) this.#onUnknown?.(this.#charset);
    this.text += (decode ?? decodeUnnamed)(bytes);
  }
}

/**
 * A header's text, or a part of it: encoded words decoded (RFC 2047; with RFC 2231's language), other bytes beyond
 * ASCII as UTF-8 or else windows-1252; on one line.
 *
 * postal-mime's `decodeWords` is not used, as it joins words before they are decoded only where base64 allows it, so
 * that a character split between padded words is lost; takes every unknown charset for windows-1252 without saying so;
 * and gets its text when bytes beyond ASCII have already been decoded. Words within quotes are decoded too: RFC 2047
 * forbids to write them, and everybody does.
 *
 * Takes linear time. Nothing is decoded twice.
 *
 * @param raw the value, unfolded, as Latin-1
 */
export function decodeHeader(raw: string, onUnknown?: OnUnknownCharset): string {
  if (!raw.includes('=?')) return oneLine(rawText(raw));
  const decoder = new WordDecoder(onUnknown);
  let at = 0;
  for (let word = nextWord(raw, 0); word !== undefined; word = nextWord(raw, word.end)) {
    const between = raw.slice(at, word.start);
    if (!(decoder.isOpen && blanks.test(between)) && between !== '') decoder.literal(between);
    decoder.word(word);
    at = word.end;
  }
  if (at < raw.length) decoder.literal(raw.slice(at));
  decoder.flush();
  return oneLine(decoder.text);
}
