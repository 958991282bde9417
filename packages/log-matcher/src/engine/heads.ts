import { Automaton, descriptorBytes } from '../dfa/automaton.ts';
import { HeadSteps } from '../dfa/head-steps.ts';
import { buildProgram } from '../program/build-program.ts';
import type { ParsedPattern } from '../python-regex/ast.ts';
import { isAnchored } from '../python-regex/starts.ts';
import type { AutomatonMaker } from './automaton-maker.ts';
import type { EnginePattern } from './engine-pattern.ts';

/** What `assembly/verify/automaton.ts` takes for a pattern that never has a head. */
const noHead = 1;

/**
 * Automata that read the beginning of a line, for patterns that begin there: a pattern that is tried often and seldom
 * matches is mostly refused by the first characters, before the line is read from its end.
 */
export class Heads {
  readonly automata: Automaton[] = [];
  readonly #patterns: readonly EnginePattern[];
  readonly #engine: AutomatonMaker;
  readonly #byDescriptor = new Map<number, Automaton>();

  constructor(patterns: readonly EnginePattern[], engine: AutomatonMaker) {
    this.#patterns = patterns;
    this.#engine = engine;
  }

  at(descriptor: number): Automaton | undefined {
    return this.#byDescriptor.get(descriptor);
  }

  /** Makes the head of a pattern, and says so in the pattern's descriptor. */
  makeFor(pattern: number): void {
    const { parsed } = this.#patterns[pattern] as EnginePattern;
    const head = isAnchored(parsed.root) ? this.#make(parsed) : noHead;
    Automaton.setHead(this.#engine.memory, this.#engine.descriptorOf(pattern), head);
  }

  /** Descriptor of a new head. */
  #make(parsed: ParsedPattern): number {
    const program = { ...buildProgram(parsed), slotCount: 0 };
    const steps = new HeadSteps(program);
    if (steps.matchesNothing) return noHead;
    const descriptor = this.#engine.memory.alloc(descriptorBytes);
    const automaton = this.#engine.makeAutomaton(program, steps, descriptor);
    this.automata.push(automaton);
    this.#byDescriptor.set(descriptor, automaton);
    return descriptor;
  }
}
