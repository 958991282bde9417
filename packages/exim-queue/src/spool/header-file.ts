import type { QueueRecipient } from '../queue-entry.ts';
import { ByteLines } from './byte-lines.ts';
import { deliveredAddresses, passTree } from './delivered-tree.ts';
import { FileHead } from './file-head.ts';
import { HeaderBlock, type HeaderChoice } from './header-block.ts';
import { recipientOf } from './recipient-of.ts';

/** What Exim bears. */
const maxRecipients = 16_384;

/**
 * How reading went: `short` when the bytes end before the part does and the file may go on ({@link HeaderFile.begin}),
 * `damaged` when Exim would not read it either.
 */
export type Reading = 'ok' | 'short' | 'damaged';

/**
 * The file -H of a message, in three parts that are read one after another and only as far as they are needed:
 *
 * 1. {@link readHead}: login, sender, times and flags, which decide most filters;
 * 2. {@link readRecipients};
 * 3. {@link readHeaders}.
 *
 * One object reads many files, one after the other; its strings are copies. No content makes it throw, recurse or remember
 * more than the file has.
 */
export class HeaderFile {
  readonly #lines = new ByteLines();
  readonly #headers = new HeaderBlock();
  /** What {@link readHead} read. */
  readonly head: FileHead = new FileHead(this.#lines);
  #isWhole = true;
  #nulAt = -1;
  /** Where the blank line before the headers is. */
  #blankLineAt = 0;

  /** Those that were read last. */
  recipients: readonly QueueRecipient[] = [];

  /**
   * Takes a file's bytes, which must stay as they are. With more of the same file the part that was short can be read anew.
   *
   * @param bytes what lies beyond `length` is not looked at, but a NUL right there makes it quicker
   * @param isWhole whether they are all of the file
   */
  begin(bytes: Buffer, length: number, isWhole: boolean): void {
    this.#lines.bytes = bytes;
    this.#lines.length = length;
    this.#isWhole = isWhole;
    this.#nulAt = -2;
  }

  /** @param name the file's own name, `ID-H`, which is its first line */
  readHead(name: string): Reading {
    return this.readHeadAt(Buffer.from(name, 'latin1'), 0);
  }

  /** As {@link readHead}, with the name from there to the end of a path. */
  readHeadAt(path: Uint8Array, nameAt: number): Reading {
    this.#lines.at = 0;
    return this.#orEnded(this.head.read(path, nameAt));
  }

  /**
   * The recipients, in their order.
   *
   * @param journal addresses that -J says are delivered
   */
  readRecipients(journal: readonly string[]): Reading {
    const lines = this.#lines;
    lines.at = this.head.end;
    const tree = passTree(lines);
    if (tree !== 'ok') return this.#orEnded(tree);
    const treeEnd = lines.at;
    if (!lines.next() && (!this.#isWhole || lines.start === lines.end)) return this.#ended();
    const count = lines.integer(lines.start, lines.end);
    if (!(count <= maxRecipients)) return 'damaged';
    const delivered = deliveredAddresses(lines, this.head.end, treeEnd, journal);
    // With room for just so many: one that grows takes it for seventeen.
    const recipients = new Array<QueueRecipient>(Math.max(0, count));
    for (let index = 0; index < count; index += 1) {
      if (!lines.next()) return this.#ended();
      const recipient = recipientOf(lines, lines.start, lines.end, delivered);
      if (recipient === undefined) return 'damaged';
      recipients[index] = recipient;
    }
    this.recipients = recipients;
    this.#blankLineAt = lines.at;
    return this.#firstNul() < lines.at ? 'damaged' : 'ok';
  }

  /**
   * The headers, after the recipients.
   *
   * @param choice which to keep; none by default, and only their size is added up
   */
  readHeaders(choice?: HeaderChoice): Reading {
    const reading = this.#headers.read(this.#lines, this.#blankLineAt, this.#firstNul(), choice);
    // They end where the file does, which is not known yet.
    return reading === 'ok' && !this.#isWhole ? 'short' : this.#orEnded(reading);
  }

  /** Where the first header begins, once the recipients were read. */
  get headersAt(): number {
    return this.#blankLineAt + 1;
  }

  /** Bytes of the headers that are sent, as far as they were read. */
  get headerBytes(): number {
    return this.#headers.bytes;
  }

  /** The headers that were chosen. */
  get headers(): Readonly<Record<string, readonly string[]>> {
    return this.#headers.chosen;
  }

  /** Where the first NUL of the file is: Exim's envelope has none, and its headers end there. */
  #firstNul(): number {
    if (this.#nulAt !== -2) return this.#nulAt;
    const found = this.#lines.bytes.indexOf(0);
    this.#nulAt = found < 0 || found >= this.#lines.length ? Number.POSITIVE_INFINITY : found;
    return this.#nulAt;
  }

  #orEnded(reading: 'ok' | 'ended' | 'damaged'): Reading {
    return reading === 'ended' ? this.#ended() : reading;
  }

  /** The bytes are at their end before the part is. */
  #ended(): Reading {
    return this.#isWhole ? 'damaged' : 'short';
  }
}
