import type { Automaton } from '../dfa/automaton.ts';
import type { Found } from '../found.ts';
import { type Engine, positionCapacity } from './engine.ts';
import { Answer } from './engine-exports.ts';
import { GateCheck } from './gate-check.ts';
import { LongSearch } from './long-search.ts';
import { OffsetsFound, offsetsOfSlots } from './slots-found.ts';
import { type LoadedSubject, loadSubject } from './subject.ts';

const newline = 10;

/** Searches single texts with an engine's automata. */
export class DfaSearch {
  readonly #engine: Engine;
  readonly #finalBreak: boolean;
  #loaded: LoadedSubject | undefined;

  /** @param finalBreak whether the texts to search end with the break that the engine adds to its subjects */
  constructor(engine: Engine, finalBreak: boolean) {
    this.#engine = engine;
    this.#finalBreak = finalBreak;
  }

  /**
   * The match of a pattern.
   *
   * @param text with the final break, if the texts have one
   * @returns `'no unit'` when the text has a character that the engine cannot tell from others
   */
  search(pattern: number, text: string): Found | undefined | 'no unit' {
    const engine = this.#engine;
    const subject = this.#load(text);
    if (subject === undefined) return 'no unit';
    if (!this.#find(engine.automatonOf(pattern), subject, true)) return undefined;
    const units = subject.to - subject.from;
    const slots = engine.memory.u32.subarray(engine.slots >>> 2, (engine.slots >>> 2) + engine.slotCountOf(pattern));
    return new OffsetsFound(text, offsetsOfSlots(slots, text, units + (this.#finalBreak ? 1 : 0)));
  }

  /** Asks gates about a text, with the final break if the texts have one. */
  gateCheck(text: string): GateCheck {
    return new GateCheck(this.#engine, (gate) => this.#passes(gate, text));
  }

  #passes(gate: Automaton, text: string): boolean {
    const subject = this.#load(text);
    return subject === undefined || this.#find(gate, subject, false);
  }

  /**
   * Whether an automaton finds a match.
   *
   * @param withGroups whether the engine's slots are to be written; without, it is enough that there may be a match
   */
  #find(automaton: Automaton, { from, to }: LoadedSubject, withGroups: boolean): boolean {
    const { wasm, memory, slots } = this.#engine;
    if (wasm.positionsFor(to - from) <= positionCapacity) {
      const answer = wasm.search(automaton.descriptor, from, to, to, to, slots, withGroups ? 1 : 0);
      if (answer !== Answer.tooLong) return answer === Answer.found;
    }
    if (this.#finalBreak) memory.u8[to] = newline;
    const search = new LongSearch(this.#engine, automaton, from, this.#finalBreak ? to + 1 : to);
    return withGroups ? search.run() : search.mayMatch();
  }

  #load(text: string): LoadedSubject | undefined {
    if (this.#loaded?.text !== text) this.#loaded = loadSubject(this.#engine, text, this.#finalBreak ? 1 : 0);
    return this.#loaded;
  }
}
