import type { UnitClass } from './unit-classes.ts';

/**
 * What is known at a position between two characters: one bit for each instruction that takes a character, and what else
 * assertions have to know. What the bits say is up to who sets them.
 */
export interface Ahead {
  readonly chars: Uint32Array;
  readonly right: number;
}

/** What follows from {@link Ahead} and the next character. */
export interface Step {
  /** One bit for each split of the program: whether its first way leads to a match. */
  readonly decisions: Uint32Array;
  /** Whether a match begins, or ends, at the position. */
  readonly starts: boolean;
  /** What is known at the next position; undefined at the end of the subject that is come to. */
  readonly next: Ahead | undefined;
}

/** Works out the steps of an automaton. */
export interface Steps {
  /** Instructions whose work one step is. */
  readonly size: number;
  /** What is known before the first step. */
  first(isEmpty: boolean): Ahead;
  /** @param unit class of the next character; undefined at the end of the subject that is come to */
  step(ahead: Ahead, unit: UnitClass | undefined): Step;
}
