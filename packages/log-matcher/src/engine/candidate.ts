import type { Found } from '../found.ts';
import type { Candidate, SearchedPart } from '../options.ts';
import type { PatternMatch } from '../pattern-match.ts';
import type { LineSearch } from './line-search.ts';
import { type ScannedBytes, ScannedLine } from './scanned-bytes.ts';
import type { MatchedSubject } from './span-match.ts';

const carriageReturn = 13;
/** Words of a line in a list before its patterns: address, address of its end, number of patterns. */
const headerWords = 3;

/** A line that some patterns may match, as a lister wrote it. */
export class ListedCandidate extends ScannedLine implements Candidate {
  readonly patternCount: number;
  readonly #list: Uint32Array;
  readonly #at: number;
  readonly #search: LineSearch;
  #takesBytes: boolean | undefined;

  /**
   * @param list kept
   * @param at where the line stands in it
   */
  constructor(offset: number, length: number, bytes: ScannedBytes, list: Uint32Array, at: number, search: LineSearch) {
    super(offset, length, bytes);
    this.#list = list;
    this.#at = at;
    this.#search = search;
    this.patternCount = list[at + 2] as number;
  }

  patternAt(index: number): number {
    return this.#list[this.#at + headerWords + index] as number;
  }

  /** Address of the first byte. */
  get #start(): number {
    return this.#list[this.#at] as number;
  }

  get isAscii(): boolean {
    this.#takesBytes ??= this.#search.takesBytes(this.#start, this.#start + this.length);
    return this.#takesBytes;
  }

  override get text(): string {
    return this.isAscii ? this.asciiText : super.text;
  }

  search(pattern: number, part: SearchedPart = whole): PatternMatch | undefined {
    if (!this.isAscii) return this.#search.inText(pattern, partOf(this.text, part), this.offset);
    const { cutStart = 0, cutEnd = 0, from = 0 } = part;
    const gap = cutEnd - cutStart;
    const to = part.to ?? this.length - gap;
    const start = this.#start;
    const afterGap = start + gap;
    const found = this.#search.inBytes(
      pattern,
      start + Math.min(from, cutStart),
      start + Math.min(to, cutStart),
      afterGap + Math.max(from, cutStart),
      afterGap + Math.max(to, cutStart),
    );
    if (found === undefined) return undefined;
    if (found === 'ask for the text') return this.#search.inText(pattern, partOf(this.text, part), this.offset);
    return this.#search.matchOf(pattern, found, new CandidatePart(this, part, this.#search));
  }
}

const whole: SearchedPart = {};

/** A part of a line, as a text when it is asked for. */
class CandidatePart implements MatchedSubject {
  readonly #candidate: ListedCandidate;
  readonly #part: SearchedPart;
  readonly #search: LineSearch;
  #text: string | undefined;

  constructor(candidate: ListedCandidate, part: SearchedPart, search: LineSearch) {
    this.#candidate = candidate;
    this.#part = part;
    this.#search = search;
  }

  get text(): string {
    this.#text ??= partOf(this.#candidate.text, this.#part);
    return this.#text;
  }

  searchAgain(pattern: number): Found {
    return this.#search.again(pattern, this.text);
  }
}

function partOf(text: string, { cutStart = 0, cutEnd = 0, from = 0, to }: SearchedPart): string {
  const rest = cutStart === cutEnd ? text : text.slice(0, cutStart) + text.slice(cutEnd);
  return from === 0 && to === undefined ? rest : rest.slice(from, to);
}

/**
 * Calls `visit` for each line of a list.
 *
 * @param list of a lister, copied
 * @param u8 the memory as it is now
 * @param base address of the byte at offset 0
 * @param inputEnd address behind what is scanned
 * @returns number of lines
 */
export function eachCandidate(
  list: Uint32Array,
  bytes: ScannedBytes,
  search: LineSearch,
  u8: () => Uint8Array,
  base: number,
  inputEnd: number,
  visit: (line: Candidate) => void,
): number {
  let lines = 0;
  for (let at = 0; at < list.length; lines++) {
    const start = list[at] as number;
    const breakAt = list[at + 1] as number;
    const hasReturn = breakAt > start && breakAt < inputEnd && u8()[breakAt - 1] === carriageReturn;
    const length = (hasReturn ? breakAt - 1 : breakAt) - start;
    visit(new ListedCandidate(start - base, length, bytes, list, at, search));
    at += headerWords + (list[at + 2] as number);
  }
  return lines;
}
