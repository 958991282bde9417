import type { ChunkEnding } from '@sluice/pipeline';
import type { LineSearch } from '../search/line-search.ts';

const newline = 10;

/** Bytes asked for at a time. */
export const chunkBytes = 262_144;

/** The system copies faster to an address that is a multiple of this. */
const alignment = 64;

const alignedAbove = (address: number): number => Math.ceil(address / alignment) * alignment;

/** A Buffer's own `slice` would share its memory. */
const copyOf = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes);

/** Puts up to `length` bytes at `at`, and tells how many; 0 for the end. */
export type Fill = (into: Uint8Array, at: number, length: number) => number;

/**
 * Cuts what is read into whole lines for a search, and carries the rest over.
 *
 * A line is held whole until its break comes, or until it is longer than `maxLineBytes`: then its first `maxLineBytes`
 * bytes are handed on as a line that was cut, and the rest of it is skipped.
 */
export class LineFeed {
  /** Lines that were too long. */
  cutLines = 0;
  /** True when the search wants no more. */
  isDone = false;
  readonly #search: LineSearch;
  readonly #maxLineBytes: number;
  readonly #chunkBytes: number;
  /** The beginning of a line. */
  #carry: Uint8Array = new Uint8Array(0);
  #offset = 0;
  #isSkipping = false;
  /** Until the first read, what is carried over may be several lines. */
  #isFirst = true;

  constructor(search: LineSearch, maxLineBytes: number) {
    this.#search = search;
    this.#maxLineBytes = maxLineBytes;
    // No line that both begins and ends in one read may be too long: only the first has to be looked at.
    this.#chunkBytes = Math.min(chunkBytes, maxLineBytes);
  }

  /** Begins with bytes that were read before, fewer than {@link read} reads. */
  prepend(head: Uint8Array): void {
    this.#carry = head;
  }

  /** Reads once. False at the end. */
  read(fill: Fill): boolean {
    const carried = this.#carry.length;
    // A long line is read in ever larger steps, so that carrying it over costs no more than reading it.
    const wanted = this.#isFirst
      ? this.#chunkBytes - carried
      : Math.min(Math.max(this.#chunkBytes, carried), this.#maxLineBytes);
    this.#isFirst = false;
    const memory = this.#search.memory(alignedAbove(carried) + alignment + wanted);
    const readAt = alignedAbove(memory.byteOffset + carried) - memory.byteOffset;
    const start = readAt - carried;
    memory.set(this.#carry, start);
    const got = fill(memory, readAt, wanted);
    if (got === 0) return false;
    this.#take(memory.subarray(start, readAt + got));
    return true;
  }

  /** Hands on what is left: a last line without a break. */
  end(): void {
    if (this.#carry.length === 0 || this.isDone) return;
    const rest = this.#carry;
    this.#carry = new Uint8Array(0);
    this.#emit(rest, 0, rest.length, 'end');
  }

  #take(memory: Uint8Array): void {
    const isLong = this.#isSkipping || memory.length > this.#maxLineBytes;
    // The search may move the memory, and of a long line there is more than one search.
    const bytes = isLong ? copyOf(memory) : memory;
    const start = isLong ? this.#passLong(bytes) : 0;
    const end = Math.max(start, bytes.lastIndexOf(newline) + 1);
    this.#carry = copyOf(bytes.subarray(end));
    if (end > start && !this.isDone) this.#emit(bytes, start, end, 'break');
    this.#offset += end;
  }

  /** Cuts the first line when it is too long, or skips more of it. Returns where the next one begins. */
  #passLong(bytes: Uint8Array): number {
    const found = bytes.indexOf(newline);
    const end = found === -1 ? bytes.length : found;
    if (!this.#isSkipping) {
      if (end <= this.#maxLineBytes) return 0;
      this.cutLines += 1;
      this.#emit(bytes, 0, this.#maxLineBytes, 'cut');
    }
    this.#isSkipping = found === -1;
    return found === -1 ? end : end + 1;
  }

  #emit(bytes: Uint8Array, start: number, end: number, ending: ChunkEnding): void {
    if (!this.#search.lines(bytes.subarray(start, end), this.#offset + start, ending)) this.isDone = true;
  }
}
