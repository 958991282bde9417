import { GatheredText } from './gathered-text.ts';
import { type Leaf, LogBuilder } from './log-builder.ts';
import type { SvnLogEntry, SvnLogReader } from './log-entry.ts';
import { formatError, tooLargeError, truncatedError } from './log-error.ts';

/** In the place of a position: more text is needed. */
const wait = -1;
const blanks = /^[\t\n\r ]*$/;
/** A file may begin with the mark of UTF-8. */
const blanksOrMark = /^[\t\n\r \xef\xbb\xbf]*$/;

/**
 * Reads what `svn log --xml` writes, in one pass, and nothing else of XML: other elements, CDATA, comments and document
 * types are errors. Any division into chunks gives the same entries.
 */
export class LogScanner implements SvnLogReader {
  readonly #maxBytes: number;
  readonly #input = new GatheredText();
  readonly #log = new LogBuilder();
  /** Where the outermost open entry begins in the text, and how many of its bytes came before the text. */
  #entryStart = 0;
  #entryBytes = 0;
  /** Thrown when the entries before it have been returned. */
  #failure: unknown;

  constructor(maxCommitBytes: number) {
    this.#maxBytes = maxCommitBytes;
  }

  feed(chunk: Uint8Array): readonly SvnLogEntry[] {
    if (this.#failure !== undefined) throw this.#failure;
    this.#input.add(chunk);
    if (this.#input.isDue) return this.#scan();
    this.#checkSize(this.#entryBytes + this.#input.bytes);
    return [];
  }

  end(): readonly SvnLogEntry[] {
    const entries = this.#failure === undefined ? this.#scan() : [];
    if (this.#log.place !== 'after' || this.#input.bytes > 0) this.#failure ??= truncatedError();
    if (this.#failure !== undefined && entries.length === 0) throw this.#failure;
    return entries;
  }

  #scan(): readonly SvnLogEntry[] {
    const text = this.#input.take();
    this.#log.texts.isAscii = this.#input.isAscii;
    this.#entryStart = 0;
    try {
      let at = 0;
      for (let next = 0; next !== wait; next = this.#tag(text, at)) at = next;
      this.#input.putBack(text.slice(at));
      this.#entryBytes = this.#log.depth === 0 ? 0 : this.#entryBytes + at - this.#entryStart;
      this.#checkSize(this.#entryBytes + this.#input.bytes);
    } catch (error) {
      if (!this.#log.hasEntries) throw error;
      this.#failure = error;
    }
    return this.#log.takeEntries();
  }

  /** Reads on to the end of the next tag or leaf, and returns where that is. */
  #tag(text: string, from: number): number {
    const open = text.indexOf('<', from);
    if (open < 0) return this.#checkBlanks(text, from, text.length);
    // Nearly always one line break.
    if (open !== from && (open !== from + 1 || text.charCodeAt(from) !== 0x0a)) this.#checkBlanks(text, from, open);
    const close = text.indexOf('>', open);
    if (close < 0) return text.charCodeAt(open + 1) === 0x21 ? refuse(text, open) : wait;
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
        return isNamed('log', text, open) ? this.#openLog(text, close) : this.#openEntry(text, open, close);
      case 0x3f: // ?
        return endOf('?>', text, open);
      default:
        return refuse(text, open);
    }
  }

  /** Between elements is nothing else. */
  #checkBlanks(text: string, from: number, to: number): number {
    const between = text.slice(from, to);
    const expected = this.#log.place === 'before' ? blanksOrMark : blanks;
    if (!expected.test(between)) throw formatError('there is text between elements', between);
    return from === to ? wait : to;
  }

  #openLog(text: string, close: number): number {
    this.#log.openLog();
    if (isEmpty(text, close)) this.#log.close('log');
    return close + 1;
  }

  #openEntry(text: string, open: number, close: number): number {
    if (!isNamed('logentry', text, open)) refuse(text, open);
    if (this.#log.depth === 0) {
      this.#entryStart = open;
      this.#entryBytes = 0;
    }
    this.#log.openEntry(text.slice(open + '<logentry'.length, close));
    return isEmpty(text, close) ? this.#close('logentry', close) : close + 1;
  }

  #endTag(text: string, open: number, close: number): number {
    return this.#close(text.slice(open + 2, close).trimEnd(), close);
  }

  #close(name: string, close: number): number {
    this.#log.close(name);
    if (name === 'logentry' && this.#log.depth === 0) this.#checkSize(this.#entryBytes + close + 1 - this.#entryStart);
    return close + 1;
  }

  #group(name: 'paths' | 'revprops', text: string, open: number, close: number): number {
    if (!isNamed(name, text, open)) refuse(text, open);
    this.#log.openGroup(name);
    return close + 1;
  }

  #leaf(name: Leaf, text: string, open: number, close: number): number {
    if (!isNamed(name, text, open)) refuse(text, open);
    const attributes = name === 'path' ? text.slice(open + '<path'.length, close) : '';
    if (isEmpty(text, close)) {
      this.#log.leaf(name, '', attributes);
      return close + 1;
    }
    const end = text.indexOf('<', close);
    const next = end < 0 ? wait : leafEnd(name, text, end);
    if (next !== wait) this.#log.leaf(name, text.slice(close + 1, end), attributes);
    return next;
  }

  #checkSize(bytes: number): void {
    if (bytes > this.#maxBytes) throw tooLargeError(this.#maxBytes);
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

function endOf(ending: string, text: string, open: number): number {
  const at = text.indexOf(ending, open);
  return at < 0 ? wait : at + ending.length;
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

function refuse(text: string, open: number): never {
  const tag = text.slice(open, open + 100);
  throw formatError(`${JSON.stringify(tag.slice(0, 40))} is nothing that svn log writes`, tag);
}
