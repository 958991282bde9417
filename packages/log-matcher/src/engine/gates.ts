import { Automaton, descriptorBytes } from '../dfa/automaton.ts';
import { Determinizer } from '../dfa/determinizer.ts';
import { buildProgram } from '../program/build-program.ts';
import { canJoin, unionOf } from '../program/union.ts';
import type { AutomatonMaker } from './automaton-maker.ts';
import type { EnginePattern } from './engine-pattern.ts';

/** Most patterns of one gate. */
const gatePatterns = 128;
/**
 * What may be spent on finding the states of all gates: at first, and for each transition that the set has followed. So gates
 * never cost more than a few times what is done without them, whatever the lines hold.
 */
const firstWork = 24_000_000;
const workPerEntry = 0.25;

/**
 * Automata that each stand for many patterns together, without their groups. On a line that holds literals of many
 * patterns, one pass tells that none of them matches.
 */
export class Gates {
  readonly automata: Automaton[] = [];
  readonly #patterns: readonly EnginePattern[];
  readonly #engine: AutomatonMaker;
  readonly #joined: readonly number[];
  readonly #byDescriptor = new Map<number, Automaton>();
  /** Descriptor of what lets everything pass. */
  #open = 0;

  constructor(patterns: readonly EnginePattern[], engine: AutomatonMaker) {
    this.#patterns = patterns;
    this.#engine = engine;
    this.#joined = [...patterns.keys()].filter((index) => {
      const { parsed, reason } = patterns[index] as EnginePattern;
      return reason === undefined && canJoin(parsed);
    });
  }

  /** Descriptor of a pattern's gate, which is made if need be; of nothing when it has none. */
  descriptorFor(pattern: number): number {
    const { memory } = this.#engine;
    const own = this.#engine.descriptorOf(pattern);
    if (Automaton.gateOf(memory, own) === 0) this.makeFor(pattern);
    return Automaton.gateOf(memory, own);
  }

  at(descriptor: number): Automaton | undefined {
    return this.#byDescriptor.get(descriptor);
  }

  /** Makes the gate of a pattern, and says so in the descriptors of all its patterns. */
  makeFor(pattern: number): void {
    const { memory } = this.#engine;
    if (this.#open === 0) this.#open = memory.alloc(descriptorBytes);
    const place = this.#joined.indexOf(pattern);
    if (place === -1) {
      Automaton.setGate(memory, this.#engine.descriptorOf(pattern), this.#open);
      return;
    }
    const first = place - (place % gatePatterns);
    const members = this.#joined.slice(first, first + gatePatterns);
    const descriptor = memory.alloc(descriptorBytes);
    const parsed = members.map((member) => (this.#patterns[member] as EnginePattern).parsed);
    const program = { ...buildProgram(unionOf(parsed)), slotCount: 0 };
    const automaton = this.#engine.makeAutomaton(program, new Determinizer(program), descriptor);
    this.automata.push(automaton);
    this.#byDescriptor.set(descriptor, automaton);
    for (const member of members) Automaton.setGate(memory, this.#engine.descriptorOf(member), descriptor);
  }

  /**
   * Takes a gate out of use whose states cost more than they can spare: of patterns that have little in common, or of lines
   * that are made for that.
   *
   * @param entriesFollowed transitions of all automata so far
   * @returns whether the descriptor is that of such a gate
   */
  isSpent(descriptor: number, entriesFollowed: number): boolean {
    const automaton = this.#byDescriptor.get(descriptor);
    if (automaton === undefined) return false;
    const spent = this.automata.reduce((sum, { work }) => sum + work, 0);
    if (spent <= firstWork + workPerEntry * entriesFollowed) return false;
    automaton.disable();
    return true;
  }
}
