import { Automaton, descriptorBytes } from '../dfa/automaton.ts';
import { buildProgram } from '../program/build-program.ts';
import { canJoin, unionOf } from '../program/union.ts';
import type { Engine, EnginePattern } from './engine.ts';

/** Most patterns of one gate. */
const gatePatterns = 128;
/** A gate that needs more work than this per byte that it has read does not pay. */
const maxWorkPerEntry = 200;

/**
 * Automata that each stand for many patterns together, without their groups. On a line that holds literals of many
 * patterns, one pass tells that none of them matches.
 */
export class Gates {
  readonly automata: Automaton[] = [];
  readonly #patterns: readonly EnginePattern[];
  readonly #engine: Engine;
  readonly #joined: readonly number[];
  readonly #byDescriptor = new Map<number, Automaton>();
  /** Descriptor of what lets everything pass. */
  #open = 0;

  constructor(patterns: readonly EnginePattern[], engine: Engine) {
    this.#patterns = patterns;
    this.#engine = engine;
    this.#joined = [...patterns.keys()].filter((index) => {
      const { parsed, reason } = patterns[index] as EnginePattern;
      return reason === undefined && canJoin(parsed);
    });
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
    const automaton = this.#engine.makeAutomaton(program, descriptor, () => false);
    this.automata.push(automaton);
    this.#byDescriptor.set(descriptor, automaton);
    for (const member of members) Automaton.setGate(memory, this.#engine.descriptorOf(member), descriptor);
  }

  /** Takes gates out of use that find new states at nearly every byte: patterns that have little in common. */
  review(entriesFollowed: number): void {
    for (const automaton of this.automata) {
      if (automaton.work > maxWorkPerEntry * (entriesFollowed + 100_000)) automaton.disable();
    }
  }
}
