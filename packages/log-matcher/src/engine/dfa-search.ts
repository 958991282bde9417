import type { Found } from '../found.ts';
import { type Engine, type Gate, positionCapacity } from './engine.ts';
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
    const { from, to } = subject;
    const units = to - from;
    if (!this.#find(pattern, from, to)) return undefined;
    const slots = engine.memory.u32.subarray(engine.slots >>> 2, (engine.slots >>> 2) + engine.slotCountOf(pattern));
    return new OffsetsFound(text, offsetsOfSlots(slots, text, units + (this.#finalBreak ? 1 : 0)));
  }

  #find(pattern: number, from: number, to: number): boolean {
    const engine = this.#engine;
    const { wasm, slots } = engine;
    if (wasm.positionsFor(to - from) <= positionCapacity) {
      const answer = wasm.search(engine.descriptorOf(pattern), from, to, to, to, slots, 1);
      if (answer !== Answer.tooLong) return answer === Answer.found;
    }
    if (this.#finalBreak) engine.memory.u8[to] = newline;
    const automaton = engine.automatonOf(pattern);
    const end = this.#finalBreak ? to + 1 : to;
    return new LongSearch(engine, { automaton, descriptor: engine.descriptorOf(pattern) }, from, end).run();
  }

  /** Asks gates about a text, with the final break if the texts have one. */
  gateCheck(text: string): GateCheck {
    return new GateCheck(this.#engine, (gate) => this.#passes(gate, text));
  }

  #passes(gate: Gate, text: string): boolean {
    const subject = this.#load(text);
    if (subject === undefined) return true;
    const { from, to } = subject;
    const { wasm, memory, slots } = this.#engine;
    if (wasm.positionsFor(to - from) <= positionCapacity) {
      const answer = wasm.search(gate.descriptor, from, to, to, to, slots, 0);
      if (answer !== Answer.tooLong) return answer === Answer.found;
    }
    if (this.#finalBreak) memory.u8[to] = newline;
    return new LongSearch(this.#engine, gate, from, this.#finalBreak ? to + 1 : to).mayMatch();
  }

  #load(text: string): LoadedSubject | undefined {
    if (this.#loaded?.text !== text) this.#loaded = loadSubject(this.#engine, text, this.#finalBreak ? 1 : 0);
    return this.#loaded;
  }
}
