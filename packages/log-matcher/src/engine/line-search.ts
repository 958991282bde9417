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
   * @returns offsets of the groups, -1 for one that took no part; undefined when there is no match, and `'ask for the text'`
   *   when {@link inText} has to tell
   */
  inBytes(
    index: number,
    from1: number,
    to1: number,
    from2: number,
    to2: number,
  ): readonly number[] | undefined | 'ask for the text' {
    if ((this.#patterns[index] as CompiledPattern).reason !== undefined) return 'ask for the text';
    const { wasm, memory, slots } = this.#engine;
    const answer = wasm.search(this.#engine.descriptorOf(index), from1, to1, from2, to2, slots, 0);
    if (answer === Answer.none) return undefined;
    if (answer === Answer.tooLong) return 'ask for the text';
    const { u32 } = memory;
    const first = slots >>> 2;
    const count = this.#engine.slotCountOf(index);
    const offsets: number[] = new Array(count);
    for (let slot = 0; slot < count; slot++) offsets[slot] = (u32[first + slot] as number) | 0;
    return offsets;
  }

  /** A match that was found in bytes. */
  matchOf(index: number, offsets: readonly number[], subject: MatchedSubject): PatternMatch {
    return new SpanMatch(this.#patterns[index] as CompiledPattern, offsets, subject);
  }

  /** @param offset of the line, to be told when it is given up on */
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
