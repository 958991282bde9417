import { readSync } from 'node:fs';
import type { Mark } from './in-flight.ts';
import { type LineSpan, lineSpan } from './line-span.ts';

/** What one look at a file brought. */
export interface Look {
  /**
   * - `lines`: {@link span} holds whole lines;
   * - `none`: there is no further whole line (yet);
   * - `rewritten`: the file is shorter than it was, or the bytes before the position are others.
   */
  readonly found: 'lines' | 'none' | 'rewritten';
  readonly span: LineSpan;
  /** Whether the look reached the file's end, so that another one would bring nothing now. */
  readonly atEnd: boolean;
  /** Whether there was anything that the look before had not seen. */
  readonly isNews: boolean;
  /** Bytes of a cut line that were passed over. */
  readonly skipped: number;
}

/** The bytes before a place that is not to be compared, or before the file's first one. */
export const noBytes: Buffer = Buffer.alloc(0);

const isAt = (buffer: Buffer, before: Buffer): boolean =>
  before.length === 0 || before.compare(buffer, 0, before.length) === 0;

const noSpan: LineSpan = { start: 0, end: 0, ending: 'break', inCut: false };
const nothing: Look = { found: 'none', span: noSpan, atEnd: true, isNews: false, skipped: 0 };
const rewritten: Look = { ...nothing, found: 'rewritten', isNews: true };

/**
 * A place in an open file, always at the beginning of a line or inside one that was cut.
 *
 * Each look reads some bytes before the position too and compares them: a file that was truncated and has grown past
 * the position again since the last look is so noticed in the same system call.
 */
export class FileCursor {
  readonly #maxLineBytes: number;
  readonly #readBytes: number;
  readonly #overlap: number;
  #mark: Mark;
  #pending = 0;

  /**
   * @param sizes a look reads up to `chunkBytes`, or one line of `maxLineBytes` when that is more
   * @param overlap how many bytes before the position are compared
   */
  constructor(start: Mark, sizes: { readonly chunkBytes: number; readonly maxLineBytes: number }, overlap: number) {
    this.#mark = start;
    this.#overlap = overlap;
    this.#maxLineBytes = sizes.maxLineBytes;
    this.#readBytes = Math.max(sizes.chunkBytes, sizes.maxLineBytes + 1);
  }

  get mark(): Mark {
    return this.#mark;
  }

  /** Offset in the file of `buffer[0]` at the next look. */
  get lookOffset(): number {
    return this.#mark.position - this.#mark.before.length;
  }

  /** Bytes of the unfinished line after the position, as of the last look. */
  get pending(): number {
    return this.#pending;
  }

  /** Where the last look ended: the size that the file had, if that look was at the end. */
  get seen(): number {
    return this.#mark.position + this.#pending;
  }

  /**
   * Reads on, and moves behind what the span holds.
   *
   * @param buffer of at least `overlapBytes` and what a look reads; {@link Look.span} holds indices into it
   */
  look(fd: number, buffer: Buffer): Look {
    const { before, inCut } = this.#mark;
    const overlap = before.length;
    const wanted = overlap + this.#readBytes;
    const got = readSync(fd, buffer, 0, wanted, this.lookOffset);
    if (got < overlap + this.#pending || !isAt(buffer, before)) return rewritten;
    if (got === overlap + this.#pending) return nothing;
    const span = lineSpan(buffer, overlap, got, inCut, this.#maxLineBytes);
    if (span.end > overlap) this.#moveTo(buffer, span);
    this.#pending = span.inCut ? 0 : got - span.end;
    const found = span.end > span.start ? 'lines' : 'none';
    const atEnd = got < wanted && span.ending !== 'cut';
    return { found, span, atEnd, isNews: true, skipped: span.start - overlap };
  }

  /** Whether the file still holds what was read of it last. */
  isIntact(fd: number): boolean {
    const { before } = this.#mark;
    const bytes = Buffer.allocUnsafe(before.length + this.#pending);
    const got = bytes.length === 0 ? 0 : readSync(fd, bytes, 0, bytes.length, this.lookOffset);
    return got === bytes.length && isAt(bytes, before);
  }

  /** Reads the unfinished line and moves behind it; undefined when it is no longer there. */
  takePending(fd: number, buffer: Buffer): LineSpan | undefined {
    const { before } = this.#mark;
    const overlap = before.length;
    const got = readSync(fd, buffer, 0, overlap + this.#pending, this.lookOffset);
    this.#pending = 0;
    if (got <= overlap || !isAt(buffer, before)) return undefined;
    const span: LineSpan = { start: overlap, end: got, ending: 'break', inCut: false };
    this.#moveTo(buffer, span);
    return span;
  }

  /** The file is now another one with the same beginning, which may end before the unfinished line. */
  forgetPending(): void {
    this.#pending = 0;
  }

  #moveTo(buffer: Buffer, { end, inCut }: LineSpan): void {
    const before = this.#overlap === 0 ? noBytes : Buffer.from(buffer.subarray(Math.max(0, end - this.#overlap), end));
    this.#mark = { position: this.lookOffset + end, inCut, before };
  }
}
