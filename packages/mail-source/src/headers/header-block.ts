import { scanHeaders } from './scan-headers.ts';
import { trimBlanks } from './trim-blanks.ts';

const upperA = 65;
const upperZ = 90;
const lowerBit = 32;

const emptyLines = [Buffer.from('\n\n'), Buffer.from('\n\r\n')] as const;
/** What may follow the headers in a text that is kept as it is. */
const maxEndChars = 4;

const lower = (code: number): number => (code >= upperA && code <= upperZ ? code | lowerBit : code);

/** A header's value on one line (RFC 5322, 2.2.3), still as Latin-1 and with its encoded words. */
function unfold(value: string): string {
  return trimBlanks(value.includes('\n') ? value.replace(/\r?\n/g, '') : value);
}

/** The headers end here at the latest: after the first empty line, or with the bytes. */
function lastEnd(bytes: Buffer, length: number): number {
  for (const empty of emptyLines) {
    const at = bytes.indexOf(empty);
    if (at !== -1 && at + empty.length <= length) return at + empty.length;
  }
  return length;
}

/**
 * The headers of one mail, found but not yet decoded. It holds the header block and nothing of the body.
 *
 * Made of any bytes; a look-up takes time linear in the number of headers.
 */
export class HeaderBlock {
  readonly #text: string;
  readonly #fields: readonly number[];
  /** How many headers there are, with one that was left out as it may go on. */
  readonly found: number;

  private constructor(text: string, fields: readonly number[], found: number) {
    this.#text = text;
    this.#fields = fields;
    this.found = found;
  }

  /**
   * Headers of a mail whose first bytes are given; undefined when they go on beyond these.
   *
   * @param length how many of the bytes are the mail's
   */
  static begin(bytes: Buffer, length: number = bytes.length): HeaderBlock | undefined {
    const text = bytes.toString('latin1', 0, lastEnd(bytes, length));
    const { fields, hasEnd } = scanHeaders(text);
    return hasEnd ? HeaderBlock.#of(text, fields, fields.length) : undefined;
  }

  /**
   * Headers of a mail that has no further bytes than those given.
   *
   * @param isCut true when it has, but they are not looked at; the last header is then left out, as it may go on
   */
  static all(bytes: Buffer, isCut = false): HeaderBlock {
    const text = bytes.toString('latin1');
    const { fields, hasEnd } = scanHeaders(text);
    return HeaderBlock.#of(text, fields, isCut && !hasEnd ? Math.max(fields.length - 3, 0) : fields.length);
  }

  static #of(text: string, fields: readonly number[], used: number): HeaderBlock {
    const end = fields[used - 1] ?? 0;
    const kept = used === fields.length ? fields : fields.slice(0, used);
    // Mostly the text is the headers and their empty line. Else it is made anew: a slice would keep all of it.
    const own = end + maxEndChars < text.length ? Buffer.from(text.slice(0, end), 'latin1').toString('latin1') : text;
    return new HeaderBlock(own, kept, fields.length / 3);
  }

  /** How many bytes they take. */
  get bytes(): number {
    return this.#text.length;
  }

  /** Value of the first header of this name, unfolded, as Latin-1; undefined when there is none. */
  first(name: string): string | undefined {
    const at = this.#next(name.toLowerCase(), 0);
    return at === -1 ? undefined : this.#value(at);
  }

  /** Values of all headers of this name, top first. */
  all(name: string): string[] {
    const wanted = name.toLowerCase();
    const values: string[] = [];
    for (let at = this.#next(wanted, 0); at !== -1; at = this.#next(wanted, at + 3)) values.push(this.#value(at));
    return values;
  }

  #next(wanted: string, from: number): number {
    for (let at = from; at < this.#fields.length; at += 3) if (this.#isNamed(at, wanted)) return at;
    return -1;
  }

  #isNamed(at: number, wanted: string): boolean {
    const start = this.#fields[at] as number;
    const end = start + wanted.length;
    const colon = this.#fields[at + 1] as number;
    if (end > colon) return false;
    for (let index = 0; index < wanted.length; index += 1)
      if (lower(this.#text.charCodeAt(start + index)) !== wanted.charCodeAt(index)) return false;
    return end === colon || trimBlanks(this.#text.slice(end, colon)) === '';
  }

  #value(at: number): string {
    return unfold(this.#text.slice((this.#fields[at + 1] as number) + 1, this.#fields[at + 2]));
  }
}
