/** Most octets of a line without its CR LF (RFC 5545, 3.1). */
const maxOctets = 75;
const [tab, lf, cr, space, backslash, letterN] = [0x09, 0x0a, 0x0d, 0x20, 0x5c, 0x6e];
const initialBytes = 65_536;
const keptBytes = 1_048_576;

/**
 * The engine keeps several kinds of strings (whole, joined, cut out, one or two bytes a character, …). A call site that has
 * seen more than four of them looks the method up again for every character, three times as slow: so it is looked up here.
 */
const { charCodeAt } = String.prototype;

const plain = 0;
const escaped = 1;
const lineBreak = 2;
const dropped = 3;
/** What becomes of each ASCII character in a TEXT value. */
const kinds = new Uint8Array(128);
kinds.fill(dropped, 0, 32);
kinds[127] = dropped;
kinds[tab] = plain;
kinds[lf] = lineBreak;
kinds[cr] = lineBreak;
for (const character of '\\;,') kinds[character.charCodeAt(0)] = escaped;

/**
 * Content lines as UTF-8, folded to at most 75 octets and never within a character or an escape.
 *
 * Octets are written and counted in the same pass as characters are looked at: a text is gone over once, and no pieces of
 * strings are made.
 */
export class ContentLines {
  #bytes: Buffer = Buffer.allocUnsafeSlow(initialBytes);
  #end = 0;
  /** Octets of the present line so far. */
  #column = 0;

  /** Forgets all lines. */
  clear(): void {
    this.#end = 0;
    this.#column = 0;
    // One monstrous text must not hold its memory for ever.
    if (this.#bytes.length > keptBytes) this.#bytes = Buffer.allocUnsafeSlow(initialBytes);
  }

  /** The lines so far: a view that is good until the next call of any method. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#end);
  }

  /** Octets written so far. */
  get length(): number {
    return this.#end;
  }

  /** Writes ASCII as it stands, folded. No control characters. */
  ascii(value: string): void {
    this.#reserve(value.length);
    const bytes = this.#bytes;
    let end = this.#end;
    let column = this.#column;
    for (let i = 0; i < value.length; i += 1) {
      if (column === maxOctets) {
        bytes[end++] = cr;
        bytes[end++] = lf;
        bytes[end++] = space;
        column = 1;
      }
      bytes[end++] = charCodeAt.call(value, i);
      column += 1;
    }
    this.#end = end;
    this.#column = column;
  }

  /** Writes whole lines that are ASCII, short and complete with their CR LF, between two lines. */
  lines(value: string): void {
    this.#reserve(value.length);
    this.#end += this.#bytes.write(value, this.#end, 'latin1');
  }

  /** Writes a TEXT value (RFC 5545, 3.3.11), sanitized as `sanitizeText` says, escaped and folded. */
  text(value: string): void {
    this.#reserve(value.length);
    const bytes = this.#bytes;
    const length = value.length;
    const table = kinds;
    let end = this.#end;
    let column = this.#column;
    for (let i = 0; i < length; i += 1) {
      // Most of any text is plain: up to the end of the line it needs one look a character, and nothing else.
      const room = Math.min(length, i + maxOctets - column);
      const from = i;
      for (; i < room; i += 1) {
        const plainCode = charCodeAt.call(value, i);
        if (plainCode >= 0x80 || table[plainCode] !== plain) break;
        bytes[end++] = plainCode;
      }
      column += i - from;
      if (i === length) break;
      let code = charCodeAt.call(value, i);
      let octets = 1;
      if (code < 0x80) {
        const kind = table[code] as number;
        if (kind === dropped) continue;
        if (kind !== plain) octets = 2;
      } else if (code < 0x800) {
        octets = 2;
      } else if (code >= 0xd800 && code < 0xe000) {
        const low = code < 0xdc00 && i + 1 < length ? charCodeAt.call(value, i + 1) : 0;
        const paired = low >= 0xdc00 && low < 0xe000;
        code = paired ? 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00) : 0xfffd;
        octets = paired ? 4 : 3;
        if (paired) i += 1;
      } else {
        octets = 3;
      }
      if (column + octets > maxOctets) {
        bytes[end++] = cr;
        bytes[end++] = lf;
        bytes[end++] = space;
        column = 1;
      }
      column += octets;
      if (octets === 1) {
        bytes[end++] = code;
      } else if (code < 0x80) {
        bytes[end++] = backslash;
        if (code === cr && i + 1 < length && charCodeAt.call(value, i + 1) === lf) i += 1;
        bytes[end++] = table[code] === lineBreak ? letterN : code;
      } else if (octets === 2) {
        bytes[end++] = 0xc0 | (code >> 6);
        bytes[end++] = 0x80 | (code & 0x3f);
      } else {
        if (octets === 3) {
          bytes[end++] = 0xe0 | (code >> 12);
        } else {
          bytes[end++] = 0xf0 | (code >> 18);
          bytes[end++] = 0x80 | ((code >> 12) & 0x3f);
        }
        bytes[end++] = 0x80 | ((code >> 6) & 0x3f);
        bytes[end++] = 0x80 | (code & 0x3f);
      }
    }
    this.#end = end;
    this.#column = column;
  }

  /** Ends the line. */
  endLine(): void {
    this.#reserve(0);
    this.#bytes[this.#end++] = cr;
    this.#bytes[this.#end++] = lf;
    this.#column = 0;
  }

  /** Makes room for so many UTF-16 units: 3 octets each at worst, and a fold of 3 after at least 71. */
  #reserve(units: number): void {
    const needed = this.#end + units * 3 + Math.ceil((units * 3) / 71) * 3 + 16;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
  }
}
