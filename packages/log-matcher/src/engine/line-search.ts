import type { CompiledPattern } from '../compiled-pattern.ts';
import { type Found, gaveUp } from '../found.ts';
import { type PatternMatch, patternMatch } from '../pattern-match.ts';
import type { DfaSearch } from './dfa-search.ts';
import { type Engine, positionCapacity } from './engine.ts';
import { Answer } from './engine-exports.ts';
import { type MatchedSubject, SpanMatch } from './span-match.ts';

/** Searches listed lines, where they are. */
export class LineSearch {
  readonly #patterns: readonly CompiledPattern[];
  readonly #engine: Engine;
  readonly #automata: DfaSearch;
  readonly #finalBreak: boolean;
  readonly #onGiveUp: (pattern: number, subject: string, offset: number) => void;

  constructor(
    patterns: readonly CompiledPattern[],
    engine: Engine,
    automata: DfaSearch,
    finalBreak: boolean,
    onGiveUp: (pattern: number, subject: string, offset: number) => void,
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
   * Searches bytes of ASCII: two spans, as one subject.
   *
   * @param subject the same
   * @param offset of the line, to be told when it is given up on
   */
  inBytes(
    index: number,
    from1: number,
    to1: number,
    from2: number,
    to2: number,
    subject: MatchedSubject,
    offset: number,
  ): PatternMatch | undefined {
    const pattern = this.#patterns[index] as CompiledPattern;
    if (pattern.reason !== undefined) return this.inText(index, subject.text, offset);
    const { wasm, memory, slots } = this.#engine;
    const answer = wasm.search(this.#engine.descriptorOf(index), from1, to1, from2, to2, slots, 0);
    if (answer === Answer.none) return undefined;
    if (answer === Answer.tooLong) return this.inText(index, subject.text, offset);
    const { u32 } = memory;
    const first = slots >>> 2;
    const offsets: number[] = [];
    for (let slot = first; slot < first + this.#engine.slotCountOf(index); slot++)
      offsets.push((u32[slot] as number) | 0);
    return new SpanMatch(pattern, offsets, subject);
  }

  inText(index: number, subject: string, offset: number): PatternMatch | undefined {
    const pattern = this.#patterns[index] as CompiledPattern;
    const found = this.#search(pattern, subject);
    if (found !== gaveUp) return found && patternMatch(pattern, subject, found);
    this.#onGiveUp(index, subject, offset);
    return undefined;
  }

  /** The match that was found in a subject, with everything. */
  again(index: number, subject: string): Found {
    return this.#search(this.#patterns[index] as CompiledPattern, subject) as Found;
  }

  #search(pattern: CompiledPattern, subject: string): Found | undefined | typeof gaveUp {
    return pattern.search(this.#finalBreak ? `${subject}\n` : subject, this.#automata);
  }
}
