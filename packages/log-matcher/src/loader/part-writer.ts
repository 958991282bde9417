import type { Reject } from '@sluice/pipeline';
import { RecordMatch } from '../engine/record-match.ts';
import type { LineMatch } from '../pattern-match.ts';
import type { Part } from './protocol.ts';

/** Numbers of a match before those of its groups: pattern, offset of the line (low, high), its length, its place. */
export const matchFields = 5;
/** Stands for what the search has not worked out. */
export const unknownOffset = -2;
/** Instead of a pattern: the next reject stands here. */
export const rejectMark = -1;

/** Counted for each reject: its texts are short. */
const rejectBytes = 1024;
const initialNumbers = 4096;
const initialBytes = 16_384;
const high = 2 ** 32;

/**
 * Packs what is found in a stripe into numbers and the bytes of the lines, to be sent to another thread.
 *
 * A record is: pattern, line offset in the file (low and high 32 bits), line length, where the line is in the part's
 * bytes, then start and end of each group, 0 first. A reject is {@link rejectMark} alone.
 */
export class PartWriter {
  readonly #groupCounts: readonly number[];
  readonly #maxBytes: number;
  readonly #send: (part: Part) => void;
  #stripe = 0;
  #records = new Int32Array(initialNumbers);
  #recordLength = 0;
  #lines = new Uint8Array(initialBytes);
  #linesLength = 0;
  #rejects: Reject[] = [];
  /** Offset of the line that was packed last, and where its bytes are. */
  #lastLine = -1;
  #lastPlace = 0;

  /**
   * @param groupCounts by pattern
   * @param maxBytes size from which on a part is sent before its stripe is over
   */
  constructor(groupCounts: readonly number[], maxBytes: number, send: (part: Part) => void) {
    this.#groupCounts = groupCounts;
    this.#maxBytes = maxBytes;
    this.#send = send;
  }

  begin(stripe: number): void {
    this.#stripe = stripe;
  }

  /** @param base offset in the file of what was scanned */
  match(match: LineMatch, base: number): void {
    const { pattern, line } = match;
    const groups = (this.#groupCounts[pattern] as number) + 1;
    const records = this.#recordRoom(matchFields + 2 * groups);
    const offset = base + line.offset;
    if (offset !== this.#lastLine) this.#addLine(offset, line.bytes());
    let at = this.#recordLength;
    records[at++] = pattern;
    records[at++] = offset % high;
    records[at++] = Math.floor(offset / high);
    records[at++] = line.length;
    records[at++] = this.#lastPlace;
    if (match instanceof RecordMatch) {
      // What is not worked out yet is so by the other thread, if it is asked for there.
      at = match.writeKnown(records, at, unknownOffset);
    } else {
      for (let group = 0; group < groups; group++) {
        records[at++] = match.start(group);
        records[at++] = match.end(group);
      }
    }
    this.#recordLength = at;
    this.#sendIfFull();
  }

  reject(reject: Reject): void {
    const records = this.#recordRoom(1);
    records[this.#recordLength++] = rejectMark;
    this.#rejects.push(reject);
    this.#sendIfFull();
  }

  /** Sends what is left of the stripe. */
  end(): void {
    this.#flush(true);
  }

  #sendIfFull(): void {
    const bytes = 4 * this.#recordLength + this.#linesLength + rejectBytes * this.#rejects.length;
    if (bytes >= this.#maxBytes) this.#flush(false);
  }

  #flush(isLast: boolean): void {
    this.#send({
      type: 'part',
      stripe: this.#stripe,
      isLast,
      records: this.#records.slice(0, this.#recordLength),
      lines: this.#lines.slice(0, this.#linesLength),
      rejects: this.#rejects,
    });
    this.#recordLength = 0;
    this.#linesLength = 0;
    this.#rejects = [];
    this.#lastLine = -1;
  }

  #recordRoom(count: number): Int32Array {
    if (this.#recordLength + count > this.#records.length) {
      const larger = new Int32Array(2 * this.#records.length + count);
      larger.set(this.#records);
      this.#records = larger;
    }
    return this.#records;
  }

  #addLine(offset: number, line: Uint8Array): void {
    if (this.#linesLength + line.length > this.#lines.length) {
      const larger = new Uint8Array(2 * this.#lines.length + line.length);
      larger.set(this.#lines);
      this.#lines = larger;
    }
    this.#lines.set(line, this.#linesLength);
    this.#lastLine = offset;
    this.#lastPlace = this.#linesLength;
    this.#linesLength += line.length;
  }
}
