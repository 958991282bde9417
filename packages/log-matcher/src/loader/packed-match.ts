import type { Decode } from '../decode.ts';
import type { CandidateLine } from '../options.ts';
import { GroupReader, type LineMatch, type MatchedPattern, type PatternMatch } from '../pattern-match.ts';
import { slotCount } from '../slot-count.ts';
import { matchFields, unknownOffset } from './part-writer.ts';

const high = 2 ** 32;

/**
 * Offset in the file of the line that a match is on.
 *
 * @param at of the match's record
 */
export const lineOffset = (records: Int32Array, at: number): number =>
  ((records[at + 1] as number) >>> 0) + high * (records[at + 2] as number);

/** A line of a part. */
export class PackedLine implements CandidateLine {
  readonly offset: number;
  readonly length: number;
  readonly #place: number;
  readonly #bytes: Uint8Array;
  readonly #decode: Decode;
  #text: string | undefined;

  /**
   * @param at of its match's record
   * @param bytes of the part's lines
   * @param decode of these
   */
  constructor(records: Int32Array, at: number, bytes: Uint8Array, decode: Decode) {
    this.#bytes = bytes;
    this.offset = lineOffset(records, at);
    this.length = records[at + 3] as number;
    this.#place = records[at + 4] as number;
    this.#decode = decode;
  }

  get text(): string {
    this.#text ??= this.#decode(this.#place, this.#place + this.length);
    return this.#text;
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(this.#place, this.#place + this.length);
  }
}

/** A match that another thread found. Its line is decoded when it is first asked for. */
export class PackedMatch extends GroupReader implements LineMatch {
  readonly line: CandidateLine;
  /** Start and end of each group in the line as it was searched. */
  readonly #groups: Int32Array;
  readonly #searchAgain: (subject: string) => PatternMatch | undefined;
  #again: PatternMatch | undefined;

  /**
   * @param at of its record
   * @param searchAgain for what the first search did not work out
   */
  constructor(
    of: MatchedPattern,
    records: Int32Array,
    at: number,
    line: CandidateLine,
    searchAgain: (subject: string) => PatternMatch | undefined,
  ) {
    super(of);
    this.#searchAgain = searchAgain;
    const first = at + matchFields;
    this.line = line;
    this.#groups = records.subarray(first, first + slotCount(of));
  }

  get subject(): string {
    return this.line.text;
  }

  protected startOf(group: number): number {
    const start = this.#groups[2 * group] as number;
    return start === unknownOffset ? this.#whole().start(group) : start;
  }

  protected endOf(group: number): number {
    const end = this.#groups[2 * group + 1] as number;
    return end === unknownOffset ? this.#whole().end(group) : end;
  }

  #whole(): PatternMatch {
    this.#again ??= this.#searchAgain(this.subject) as PatternMatch;
    return this.#again;
  }

  protected textOf(group: number): string | undefined {
    const start = this.startOf(group);
    const end = this.endOf(group);
    if (start === -1) return undefined;
    const { text } = this.line;
    // Only the break that `finalBreak` adds lies behind the line.
    return end > text.length ? `${text.slice(start)}\n` : text.slice(start, end);
  }
}
