import type { Found } from '../found.ts';
import { GroupReader, type LineMatch, type MatchedPattern } from '../pattern-match.ts';
import { type ScannedBytes, ScannedLine } from './scanned-bytes.ts';
import { unknownSlot, unsetSlot } from './slots-found.ts';

/** Words of a record before its slots. */
export const headerWords = 4;

/** A pattern, and which of its groups a search works out at once. */
export interface SettledPattern extends MatchedPattern {
  readonly settled: Uint8Array;
}

/** What all matches of one scan have in common. */
export interface RecordSource {
  readonly bytes: ScannedBytes;
  /** Searches a line again, for what the first search did not need. */
  readonly searchAgain: (pattern: number, subject: string) => Found;
}

/**
 * A match as WebAssembly recorded it on a line of ASCII: pattern, line, slots. Nothing else is made of it before it is
 * asked for.
 */
export class RecordMatch extends GroupReader implements LineMatch {
  readonly #source: RecordSource;
  readonly #settled: Uint8Array;
  readonly #records: Uint32Array;
  readonly #slots: number;
  readonly #offset: number;
  #line: ScannedLine | undefined;
  #found: Found | undefined;

  /**
   * @param records of a batch, kept
   * @param at index of this record
   * @param offset of the line in the scanned bytes
   */
  constructor(of: SettledPattern, records: Uint32Array, at: number, offset: number, source: RecordSource) {
    super(of);
    this.#settled = of.settled;
    this.#records = records;
    this.#slots = at + headerWords;
    this.#offset = offset;
    this.#source = source;
  }

  get line(): ScannedLine {
    if (this.#line === undefined) {
      this.#line = new ScannedLine(this.#offset, this.#length, this.#source.bytes);
    }
    return this.#line;
  }

  get #length(): number {
    return (this.#records[this.#slots - 2] as number) - (this.#records[this.#slots - 3] as number);
  }

  get subject(): string {
    return this.line.text;
  }

  /** The match found again, for a group that the first search did not need; undefined when this one has it. */
  #again(group: number): Found | undefined {
    if (this.#records[this.#slots + 1] !== unknownSlot || this.#settled[group] === 1) return undefined;
    this.#found ??= this.#source.searchAgain(this.pattern, this.subject);
    return this.#found;
  }

  /**
   * Writes start and end of each group, -1 where it took no part.
   *
   * @param unknown written for what the search has not worked out
   * @returns index behind what was written
   */
  writeKnown(to: Int32Array, at: number, unknown: number): number {
    const hasEnd = this.#records[this.#slots + 1] !== unknownSlot;
    let next = at;
    for (let group = 0; group <= this.groupCount; group++) {
      const isKnown = hasEnd || this.#settled[group] === 1;
      const start = this.#records[this.#slots + 2 * group] as number;
      const end = this.#records[this.#slots + 2 * group + 1] as number;
      to[next++] = isKnown || group === 0 ? start : unknown;
      to[next++] = isKnown ? end : unknown;
    }
    return next;
  }

  protected startOf(group: number): number {
    const again = group === 0 ? undefined : this.#again(group);
    if (again !== undefined) return again.offsets()[2 * group] as number;
    const start = this.#records[this.#slots + 2 * group] as number;
    return start === unsetSlot ? -1 : start;
  }

  protected endOf(group: number): number {
    const again = this.#again(group);
    if (again !== undefined) return again.offsets()[2 * group + 1] as number;
    const end = this.#records[this.#slots + 2 * group + 1] as number;
    return end === unsetSlot ? -1 : end;
  }

  protected textOf(group: number): string | undefined {
    const again = this.#again(group);
    if (again !== undefined) return again.text(group);
    const start = this.#records[this.#slots + 2 * group] as number;
    if (start === unsetSlot) return undefined;
    const end = this.#records[this.#slots + 2 * group + 1] as number;
    // Only a match of the final break that a set adds reaches beyond the line.
    if (end > this.#length) return `${this.subject}\n`.slice(start, end);
    return this.#source.bytes.latin1(this.#offset + start, this.#offset + end);
  }
}
