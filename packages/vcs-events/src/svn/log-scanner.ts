import { ChunkedReader, wait } from './chunked-reader.ts';
import { type Leaf, LogBuilder } from './log-builder.ts';
import { formatError } from './log-error.ts';

const blanks = /^[\t\n\r ]*$/;

/**
 * Reads what `svn log --xml` writes, in one pass, and nothing else of XML: other elements, CDATA, comments and document
 * types are errors. Any division into chunks gives the same entries.
 */
export class LogScanner extends ChunkedReader {
  readonly #builder = new LogBuilder();
  /** Where the outermost open entry begins in the text; below 0 when it began before the text. */
  #entryStart = 0;

  protected override begin(isAscii: boolean): void {
    this.#builder.texts.isAscii = isAscii;
  }

  protected override drop(length: number): void {
    this.#entryStart -= length;
  }

  protected override openBytes(): number {
    return this.#builder.depth === 0 ? 0 : -this.#entryStart;
  }

  /** To the end of the next tag or leaf. */
  protected override step(text: string, from: number): number {
    const open = text.indexOf('<', from);
    if (open < 0) {
      this.checkBlanks(text, from, text.length);
      return from === text.length ? wait : text.length;
    }
    // Nearly always one line break.
    if (open !== from && (open !== from + 1 || text.charCodeAt(from) !== 0x0a)) this.checkBlanks(text, from, open);
    const close = text.indexOf('>', open);
    if (close < 0) return text.charCodeAt(open + 1) === 0x21 ? this.refuse(text, open) : wait;
    switch (text.charCodeAt(open + 1)) {
      case 0x2f: // /
        return this.#endTag(text, open, close);
      case 0x61: // a
        return this.#leaf('author', text, open, close);
      case 0x64: // d
        return this.#leaf('date', text, open, close);
      case 0x6d: // m
        return this.#leaf('msg', text, open, close);
      case 0x70: // p
        if (isNamed('path', text, open)) return this.#leaf('path', text, open, close);
        if (isNamed('paths', text, open)) return this.#group('paths', text, open, close);
        return this.#leaf('property', text, open, close);
      case 0x72: // r
        return this.#group('revprops', text, open, close);
      case 0x6c: // l
        return isNamed('log', text, open) ? this.#log(text, open, close) : this.#entry(text, open, close);
      case 0x3f: // ?
        return text.charCodeAt(close - 1) === 0x3f ? close + 1 : this.refuse(text, open);
      default:
        return this.refuse(text, open);
    }
  }

  #log(text: string, open: number, close: number): number {
    if (this.place !== 'before') this.refuse(text, open);
    this.place = isEmpty(text, close) ? 'after' : 'in';
    return close + 1;
  }

  #entry(text: string, open: number, close: number): number {
    if (!isNamed('logentry', text, open) || this.place !== 'in') this.refuse(text, open);
    if (this.#builder.depth === 0) this.#entryStart = open;
    this.#builder.openEntry(text.slice(open + '<logentry'.length, close));
    return isEmpty(text, close) ? this.#closeEntry(close) : close + 1;
  }

  #endTag(text: string, open: number, close: number): number {
    const name = text.slice(open + 2, close).trimEnd();
    if (name === 'logentry') return this.#closeEntry(close);
    if (name === 'log' && this.place === 'in' && this.#builder.depth === 0) this.place = 'after';
    else if ((name !== 'paths' && name !== 'revprops') || this.#builder.depth === 0) this.refuse(text, open);
    return close + 1;
  }

  #closeEntry(close: number): number {
    const entry = this.#builder.closeEntry();
    if (entry !== undefined) {
      this.checkSize(close + 1 - this.#entryStart);
      this.entries.push(entry);
    }
    return close + 1;
  }

  #group(name: 'paths' | 'revprops', text: string, open: number, close: number): number {
    if (!isNamed(name, text, open)) this.refuse(text, open);
    this.#builder.openGroup(name);
    return close + 1;
  }

  #leaf(name: Leaf, text: string, open: number, close: number): number {
    if (!isNamed(name, text, open)) this.refuse(text, open);
    const attributes = name === 'path' ? text.slice(open + '<path'.length, close) : '';
    if (isEmpty(text, close)) {
      this.#builder.leaf(name, '', attributes);
      return close + 1;
    }
    const end = text.indexOf('<', close);
    const next = end < 0 ? wait : leafEnd(name, text, end);
    if (next !== wait) this.#builder.leaf(name, text.slice(close + 1, end), attributes);
    return next;
  }
}

/** `<name/>` */
const isEmpty = (text: string, close: number): boolean => text.charCodeAt(close - 1) === 0x2f;

/** Whether the tag has this name and not a longer one; it is all there. */
function isNamed(name: string, text: string, open: number): boolean {
  const after = text.charCodeAt(open + 1 + name.length);
  return (after <= 0x20 || after === 0x3e || after === 0x2f) && isAt(name, text, open + 1);
}

/** `startsWith`, which is slower for so few characters. */
function isAt(part: string, text: string, at: number): boolean {
  for (let index = 0; index < part.length; index += 1) {
    if (text.charCodeAt(at + index) !== part.charCodeAt(index)) return false;
  }
  return true;
}

/** Where a leaf's end tag ends, which has to be what begins at `end`. */
function leafEnd(name: Leaf, text: string, end: number): number {
  const nameEnd = end + 2 + name.length;
  const isWhole = nameEnd < text.length;
  if (isWhole && text.charCodeAt(nameEnd) === 0x3e && text.charCodeAt(end + 1) === 0x2f && isAt(name, text, end + 2)) {
    return nameEnd + 1;
  }
  const close = text.indexOf('>', end);
  const tag = text.slice(end, close < 0 ? undefined : close);
  const isEnd = tag.startsWith(`</${name}`) && blanks.test(tag.slice(nameEnd - end));
  if (!isEnd && (close >= 0 || !`</${name}`.startsWith(tag))) {
    throw formatError(`there is markup inside <${name}>`, tag);
  }
  return close < 0 ? wait : close + 1;
}
