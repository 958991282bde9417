import type { CompiledPattern } from '../compiled-pattern.ts';
import { type Found, gaveUp } from '../found.ts';
import { type PatternMatch, patternMatch } from '../pattern-match.ts';
import type { DfaSearch } from './dfa-search.ts';
import { type Engine, positionCapacity } from './engine.ts';
import { Answer } from './engine-exports.ts';
import { SpanMatch } from './span-match.ts';

/** A part of a line that is searched as a subject of its own: two spans of its bytes, joined. */
export interface SubjectSpans {
  readonly from1: number;
  readonly to1: number;
  readonly from2: number;
  readonly to2: number;
}

/** What searches listed lines, where they are. */
export class LineSearch {
  readonly #patterns: readonly CompiledPattern[];
  readonly #engine: Engine;
  readonly #automata: DfaSearch;
  readonly #finalBreak: boolean;
  readonly #onGiveUp: (pattern: number, subject: string) => void;

  constructor(
    patterns: readonly CompiledPattern[],
    engine: Engine,
    automata: DfaSearch,
    finalBreak: boolean,
    onGiveUp: (pattern: number, subject: string) => void,
  ) {
    this.#patterns = patterns;
    this.#engine = engine;
    this.#automata = automata;
    this.#finalBreak = finalBreak;
    this.#onGiveUp = onGiveUp;
  }

  /** Whether automata can search a line where it is. */
  takesBytes(start: number, end: number): boolean {
    return end - start < positionCapacity - 2 && this.#engine.wasm.isAscii(start, end) !== 0;
  }

  /**
   * Searches bytes of ASCII.
   *
   * @param subject the same as a text, made when it is needed
   */
  inBytes(index: number, spans: SubjectSpans, subject: () => string): PatternMatch | undefined {
    const pattern = this.#patterns[index] as CompiledPattern;
    if (pattern.reason !== undefined) return this.inText(index, subject());
    const { wasm, memory, slots } = this.#engine;
    const { from1, to1, from2, to2 } = spans;
    const answer = wasm.search(this.#engine.descriptorOf(index), from1, to1, from2, to2, slots, 0);
    if (answer === Answer.none) return undefined;
    if (answer === Answer.tooLong) return this.inText(index, subject());
    const first = slots >>> 2;
    const offsets = new Int32Array(memory.u32.subarray(first, first + this.#engine.slotCountOf(index)));
    const searchAgain = (text: string): Found => this.#search(pattern, text) as Found;
    return new SpanMatch(pattern, offsets, subject, searchAgain);
  }

  inText(index: number, subject: string): PatternMatch | undefined {
    const pattern = this.#patterns[index] as CompiledPattern;
    const found = this.#search(pattern, subject);
    if (found !== gaveUp) return found && patternMatch(pattern, subject, found);
    this.#onGiveUp(index, subject);
    return undefined;
  }

  #search(pattern: CompiledPattern, subject: string): Found | undefined | typeof gaveUp {
    return pattern.search(this.#finalBreak ? `${subject}\n` : subject, this.#automata);
  }
}
