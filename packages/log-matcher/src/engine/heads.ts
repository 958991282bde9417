import { Automaton, descriptorBytes } from '../dfa/automaton.ts';
import { HeadSteps } from '../dfa/head-steps.ts';
import { buildProgram } from '../program/build-program.ts';
import { isAnchored } from '../python-regex/starts.ts';
import type { Engine, EnginePattern } from './engine.ts';

/** What `assembly/verify/automaton.ts` takes for a pattern that never has a head. */
const noHead = 1;

/**
 * Automata that read the beginning of a line, for patterns that begin there: a pattern that is tried often and seldom
 * matches is mostly refused by the first characters, before the line is read from its end.
 */
export class Heads {
  readonly automata: Automaton[] = [];
  readonly #patterns: readonly EnginePattern[];
  readonly #engine: Engine;
  readonly #byDescriptor = new Map<number, Automaton>();

  constructor(patterns: readonly EnginePattern[], engine: Engine) {
    this.#patterns = patterns;
    this.#engine = engine;
  }

  at(descriptor: number): Automaton | undefined {
    return this.#byDescriptor.get(descriptor);
  }

  /** Makes the head of a pattern, and says so in the pattern's descriptor. */
  makeFor(pattern: number): void {
    const { memory } = this.#engine;
    const { parsed } = this.#patterns[pattern] as EnginePattern;
    const program = { ...buildProgram(parsed), slotCount: 0 };
    const steps = new HeadSteps(program);
    if (!isAnchored(parsed.root) || steps.matchesNothing) {
      Automaton.setHead(memory, this.#engine.descriptorOf(pattern), noHead);
      return;
    }
    const descriptor = memory.alloc(descriptorBytes);
    const automaton = this.#engine.makeAutomaton(program, steps, descriptor);
    this.automata.push(automaton);
    this.#byDescriptor.set(descriptor, automaton);
    Automaton.setHead(memory, this.#engine.descriptorOf(pattern), descriptor);
  }
}
