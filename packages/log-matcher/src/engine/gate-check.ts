import type { Automaton } from '../dfa/automaton.ts';
import type { Engine } from './engine.ts';

/** Patterns to be tried on one subject from which on gates are asked first. */
export const crowd = 8;

/** Asks gates about one subject, each once. */
export class GateCheck {
  readonly #engine: Engine;
  readonly #passes: (gate: Automaton) => boolean;
  readonly #answers = new Map<Automaton, boolean>();

  /** @param passes whether a gate lets the subject pass */
  constructor(engine: Engine, passes: (gate: Automaton) => boolean) {
    this.#engine = engine;
    this.#passes = passes;
  }

  /** False when the gate of the pattern tells that none of its patterns matches. */
  mayMatch(pattern: number): boolean {
    const gate = this.#engine.gateOf(pattern);
    if (gate === undefined) return true;
    let answer = this.#answers.get(gate);
    if (answer === undefined) {
      answer = this.#passes(gate);
      this.#answers.set(gate, answer);
    }
    return answer;
  }
}
