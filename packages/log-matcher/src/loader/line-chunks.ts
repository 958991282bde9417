import { LineBuffer } from './line-buffer.ts';
import { type LogFile, readLog } from './log-file.ts';
import type { ScanSettings } from './options.ts';

const newline = 10;
/** Read at once behind the range, where one line has to be finished. */
const overrunBytes = 16_384;

/** Lines of a file: those that begin at or behind `first` and before `own`. */
export interface LineRange {
  readonly first: number;
  /** Whether the byte at `first` is taken for the beginning of a line whatever is before it. */
  readonly firstBegins: boolean;
  readonly own: number;
  /** No byte from here on is read: the file is taken to end here. */
  readonly limit: number;
}

/** Whole lines. */
export interface LineChunk {
  /** Valid until the next chunk is asked for. */
  readonly bytes: Uint8Array;
  /** Of the first byte, in the file. */
  readonly offset: number;
}

/**
 * Reads a range of a file by whole lines.
 *
 * A line that begins in the range is read to its end, also behind the range; one that begins before it is passed over.
 * So ranges that lie side by side have each line once. A line that is longer than `maxLineBytes` comes as a chunk by
 * itself with its first bytes; that holds wherever the chunks happen to end.
 */
export class LineChunks {
  /** Lines of which only the beginning was given. */
  cutLines = 0;
  readonly #file: LogFile;
  readonly #range: LineRange;
  readonly #settings: ScanSettings;
  readonly #buffer: LineBuffer;
  /** Where the file ends, as far as it is known. */
  #limit: number;
  /** Of the next byte to be read. */
  #position: number;
  /** Whether what comes next is the rest of a line that is none of ours. */
  #skipping: boolean;
  /** Bytes held in which no break was looked for yet. */
  #unsearched = 0;
  #isOver = false;

  /** @param memory gives room for so many bytes */
  constructor(file: LogFile, range: LineRange, settings: ScanSettings, memory: (byteLength: number) => Uint8Array) {
    this.#file = file;
    this.#range = range;
    this.#settings = settings;
    this.#buffer = new LineBuffer(memory, settings.chunkBytes);
    this.#limit = range.limit;
    this.#skipping = !range.firstBegins;
    // The byte before tells whether a line begins at the first.
    this.#position = range.firstBegins ? range.first : range.first - 1;
  }

  /** Bytes of the range that were there. */
  get bytes(): number {
    return Math.max(0, Math.min(this.#range.own, this.#limit) - this.#range.first);
  }

  /** The next lines; undefined when there are no more. Throws `ERR_LOG_MATCHER_FILE`. */
  next(): LineChunk | undefined {
    this.#buffer.begin();
    while (!this.#isOver) {
      if (this.#unsearched === 0 && !this.#read()) return this.#last();
      if (this.#skipping && !this.#skip()) continue;
      const chunk = this.#lines();
      if (chunk !== undefined) return chunk;
    }
    return undefined;
  }

  /** Whether the range is read, and what is held is the beginning of its last line. */
  get #isBehind(): boolean {
    return this.#position >= this.#range.own;
  }

  /** Reads some bytes; false when there is nothing more to read for this range. */
  #read(): boolean {
    const { chunkBytes } = this.#settings;
    if (this.#isBehind && this.#buffer.length === 0) return false;
    const end = this.#isBehind ? this.#limit : Math.min(this.#range.own, this.#limit);
    const most = this.#isBehind ? Math.min(overrunBytes, chunkBytes) : chunkBytes;
    const count = Math.min(most, end - this.#position);
    if (count <= 0) return false;
    const read = readLog(this.#file, this.#buffer.room(count), this.#position);
    if (read === 0) {
      // It became shorter since it was opened.
      this.#limit = this.#position;
      return false;
    }
    this.#buffer.filled(read);
    this.#unsearched = read;
    this.#position += read;
    return true;
  }

  /** Passes over the rest of a line; false when that goes on. */
  #skip(): boolean {
    const end = this.#buffer.indexOf(newline, 0);
    this.#skipping = end === -1;
    const skipped = this.#skipping ? this.#buffer.length : end + 1;
    this.#buffer.drop(skipped);
    this.#unsearched -= skipped;
    return this.#unsearched > 0;
  }

  #lines(): LineChunk | undefined {
    const buffer = this.#buffer;
    const searched = buffer.length - this.#unsearched;
    const wasBehind = this.#position - this.#unsearched >= this.#range.own;
    if (searched > 0) {
      const first = buffer.indexOf(newline, searched);
      if ((first === -1 ? buffer.length : first) > this.#settings.maxLineBytes) return this.#cut(first);
      // Only what is left of the range's last line is read behind the range.
      if (wasBehind && first !== -1) return this.#give(first + 1, buffer.length);
    }
    const last = buffer.lastIndexOf(newline, searched);
    this.#unsearched = 0;
    return last === -1 ? undefined : this.#give(last + 1, last + 1);
  }

  /** Gives the beginning of a line that is too long, and leaves what is behind its break to be searched. */
  #cut(breakAt: number): LineChunk {
    this.cutLines += 1;
    this.#skipping = breakAt === -1;
    const isLast = this.#position - this.#unsearched >= this.#range.own;
    const rest = this.#skipping || isLast ? this.#buffer.length : breakAt + 1;
    this.#unsearched = this.#buffer.length - rest;
    if (isLast) this.#isOver = true;
    return this.#give(this.#settings.maxLineBytes, rest);
  }

  /** Gives bytes up to `end`, and keeps those from `rest` on. */
  #give(end: number, rest: number): LineChunk {
    const offset = this.#position - this.#buffer.length;
    if (rest === this.#buffer.length && this.#isBehind) this.#isOver = true;
    this.#buffer.keep(rest);
    return { bytes: this.#buffer.view(0, end), offset };
  }

  /** The last line when it has no break. */
  #last(): LineChunk | undefined {
    this.#isOver = true;
    return this.#buffer.length === 0 ? undefined : this.#give(this.#buffer.length, this.#buffer.length);
  }
}
