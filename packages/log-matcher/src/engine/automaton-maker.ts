import type { Automaton } from '../dfa/automaton.ts';
import type { Steps } from '../dfa/steps.ts';
import type { Program } from '../program/program.ts';
import type { EngineMemory } from './engine-memory.ts';

/** What those who make further automata for an engine's patterns need of the engine. */
export interface AutomatonMaker {
  readonly memory: EngineMemory;
  /** Descriptor of a pattern's own automaton. */
  descriptorOf(pattern: number): number;
  /** An automaton that knows all units given so far. */
  makeAutomaton(program: Program, steps: Steps, descriptor: number): Automaton;
}
