import type { QueueEntry } from '../queue-entry.ts';
import { firstLine } from './first-line.ts';
import { entryOfText, type TextDraft } from './text-draft.ts';

/** Longest line, in bytes: addresses are far shorter. */
const maxLineBytes = 1 << 16;
const newline = 0x0a;

/** What stands before a recipient. */
const pending = '          ';
const delivered = '        D ';
const generated = '       +D ';
const addressAt = 10;
const damagedLine = /^ {6}([\dA-Za-z]{6}-(?:[\dA-Za-z]{6}-[\dA-Za-z]{2}|[\dA-Za-z]{11}-[\dA-Za-z]{4}))$/;
const problemLine =
  /^ {4}\*\*\* spool (?:read error: (.*?)|format error(?:: size=(\d+))?) \*\*\*( \*\*\* frozen \*\*\*)?$/;
/** What the system says of a file that is gone, in the C locale. */
const goneReason = 'No such file or directory';

export interface TextParserOptions {
  /** Name of the queue that is listed. */
  readonly queue: string;
  /** Longest text of one message; a longer one is left out and told of. */
  readonly maxMessageChars: number;
  /** A line that cannot be understood, or a message that is too long. */
  readonly onFlaw: (reason: string, line: string) => void;
  /** A message that was listed and then gone. */
  readonly onGone: () => void;
}

/**
 * Reads the text of `exim -bp` and its kind, chunk by chunk; how it is cut into chunks makes no difference.
 *
 * A line is known by its beginning: what comes from mails stands behind eight blanks or within the first line, which is
 * read from the right. Lines of `-bpa` for addresses that a recipient became are left out.
 */
export class TextParser {
  readonly #options: TextParserOptions;
  #rest: Buffer = Buffer.alloc(0);
  #isSkipping = false;
  #draft: TextDraft | undefined;

  constructor(options: TextParserOptions) {
    this.#options = options;
  }

  /** Whether the text so far ends with a whole message. */
  get isWhole(): boolean {
    return this.#draft === undefined && this.#rest.length === 0 && !this.#isSkipping;
  }

  /** The messages that a chunk completes. */
  feed(chunk: Buffer): QueueEntry[] {
    const entries: QueueEntry[] = [];
    const end = chunk.lastIndexOf(newline);
    if (end < 0) {
      this.#keep(chunk);
      return entries;
    }
    const lines = this.#take(chunk.subarray(0, end));
    for (const line of lines) this.#line(line, entries);
    this.#rest = Buffer.alloc(0);
    this.#keep(chunk.subarray(end + 1));
    return entries;
  }

  /** Whole lines: what was kept and what came. */
  #take(bytes: Buffer): string[] {
    const lines = Buffer.concat([this.#rest, bytes]).toString().split('\n');
    if (this.#isSkipping) lines.shift();
    this.#isSkipping = false;
    return lines;
  }

  /** Keeps the beginning of a line for the next chunk. */
  #keep(bytes: Buffer): void {
    if (this.#isSkipping || bytes.length === 0) return;
    this.#rest = Buffer.concat([this.#rest, bytes]);
    if (this.#rest.length <= maxLineBytes) return;
    this.#overlong(this.#rest.toString());
    this.#isSkipping = true;
    this.#rest = Buffer.alloc(0);
  }

  #overlong(line: string): void {
    this.#options.onFlaw(`a line of more than ${maxLineBytes} bytes`, line);
  }

  #line(line: string, entries: QueueEntry[]): void {
    // A character has at most three bytes for each of its units.
    if (line.length * 3 > maxLineBytes && Buffer.byteLength(line) > maxLineBytes) this.#overlong(line);
    else if (line === '') this.#finish(entries);
    else if (this.#draft === undefined || !this.#isFurther(this.#draft, line)) this.#begin(line, entries);
  }

  /** Takes a line that belongs to a message that has begun. */
  #isFurther(draft: TextDraft, line: string): boolean {
    draft.chars += line.length;
    if (draft.chars > this.#options.maxMessageChars) return true;
    const mark = line.slice(0, addressAt);
    if (mark === pending || mark === delivered) {
      draft.recipients.push({ address: line.slice(addressAt), isDelivered: mark === delivered });
      return true;
    }
    const problem = problemLine.exec(line);
    if (problem !== null) tellProblem(draft, problem);
    return problem !== null || mark === generated;
  }

  #begin(line: string, entries: QueueEntry[]): void {
    const first = firstLine(line);
    const id = first?.id ?? damagedLine.exec(line)?.[1];
    if (id === undefined) {
      this.#options.onFlaw('a line of its list that cannot be understood', line);
      return;
    }
    this.#finish(entries);
    const facts = { id, isFrozen: first?.isFrozen === true, recipients: [], chars: line.length };
    this.#draft = first === undefined ? facts : { ...facts, first };
  }

  #finish(entries: QueueEntry[]): void {
    const draft = this.#draft;
    this.#draft = undefined;
    if (draft === undefined) return;
    const { queue, maxMessageChars, onFlaw, onGone } = this.#options;
    if (draft.chars > maxMessageChars) onFlaw(`the list of a message is longer than ${maxMessageChars}`, draft.id);
    else if (draft.problem?.reason === goneReason) onGone();
    else entries.push(entryOfText(draft, queue));
  }
}

function tellProblem(draft: TextDraft, [, reason, size, frozen]: RegExpExecArray): void {
  // Of a message with damaged headers this is where Exim says it.
  draft.isFrozen ||= frozen !== undefined;
  const isRead = reason !== undefined && draft.first === undefined;
  draft.problem = {
    kind: draft.first !== undefined ? 'headers' : isRead ? 'read' : 'envelope',
    ...(size !== undefined && { sizeBytes: Number(size) }),
    reason: reason ?? 'spool format error',
  };
}
