import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { ChunkedReader, wait } from './chunked-reader.ts';
import { Latin1Texts } from './latin1-texts.ts';
import { formatError } from './log-error.ts';
import { entriesOf } from './xml-entries.ts';

const maxDepth = 1000;
const entryTag = /<(\/?)logentry(?:[\t\n\r ][^<>]*|\/)?>/g;

// Numbers stay texts, spaces stay; entities are replaced by us, as the library knows more than XML.
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  // With a bound of its own the library would refuse what the scanner reads.
  maxNestedTags: maxDepth + 10,
  isArray: (name) => name === 'path' || name === 'logentry',
});

/**
 * Reads the log with fast-xml-parser, one outermost entry at a time. What the library lets pass, a log that is not whole
 * and elements that do not match, is refused before it sees it.
 */
export class FastXmlReader extends ChunkedReader {
  readonly #texts = new Latin1Texts();

  protected override begin(isAscii: boolean): void {
    this.#texts.isAscii = isAscii;
  }

  protected override drop(): void {}

  /** Nothing is dropped before an entry is whole. */
  protected override openBytes(): number {
    return 0;
  }

  /** To the end of an outermost entry, or of a tag around them. */
  protected override step(text: string, from: number): number {
    const open = text.indexOf('<', from);
    this.checkBlanks(text, from, open < 0 ? text.length : open);
    if (open < 0) return from === text.length ? wait : text.length;
    if (text.charCodeAt(open + 1) === 0x21) this.refuse(text, open);
    const close = text.indexOf('>', open);
    if (close < 0) return wait;
    const tag = text.slice(open, close + 1);
    if (this.place === 'in' && /^<logentry[\t\n\r />]/.test(tag)) return this.#entry(text, open);
    if (this.place === 'before' && /^<log[\t\n\r ]*\/?>$/.test(tag)) this.place = tag.endsWith('/>') ? 'after' : 'in';
    else if (this.place === 'in' && /^<\/log[\t\n\r ]*>$/.test(tag)) this.place = 'after';
    else if (!/^<\?.*\?>$/s.test(tag)) this.refuse(text, open);
    return close + 1;
  }

  #entry(text: string, open: number): number {
    const end = entryEnd(text, open);
    if (end === wait) return wait;
    this.checkSize(end - open);
    const xml = text.slice(open, end);
    if (xml.includes('<!')) this.refuse(text, text.indexOf('<!', open));
    this.entries.push(...entriesOf(parsed(xml), this.#texts));
    return end;
  }
}

function parsed(xml: string): unknown {
  const valid = XMLValidator.validate(xml);
  if (valid !== true) throw formatError(valid.err.msg, xml);
  try {
    return parser.parse(xml);
  } catch (error) {
    throw formatError(error instanceof Error ? error.message : String(error), xml);
  }
}

/** Where the entry that begins here ends: with those in it there are as many ends as beginnings. */
function entryEnd(text: string, open: number): number {
  entryTag.lastIndex = open;
  for (let depth = 0; ; ) {
    const [tag, end] = entryTag.exec(text) ?? [];
    if (tag === undefined) return wait;
    if (end === '/') depth -= 1;
    else if (!tag.endsWith('/>')) depth += 1;
    if (depth > maxDepth) throw formatError(`entries are nested more than ${maxDepth} deep`, '');
    if (depth <= 0) return entryTag.lastIndex;
  }
}
