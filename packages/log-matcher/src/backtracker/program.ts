import type { CharSet } from '../chars/char-set.ts';
import type { AssertionKind, Semantics } from '../python-regex/ast.ts';

/**
 * Instructions of the backtracking machine, four integers each: operation, a, b, c.
 * "Register" is an index into the machine's registers, which begin with the groups' offsets.
 */
export const Op = {
  /** The subject has matched. */
  match: 0,
  /** One character of set a. */
  char: 1,
  /** Goes on at a; when that fails, at b. */
  split: 2,
  jump: 3,
  /** Register a becomes the position. */
  save: 4,
  /** Assertion a (index into `assertions`); b is 1 when words are ASCII. */
  assert: 5,
  /** Characters of set a, b to c times, as many as possible. Gives back one by one. */
  setLoop: 6,
  /** Characters of set a, b to c times, as few as possible. */
  lazySetLoop: 7,
  /** Begins a counted loop: registers a (count) and a + 1 (where the last iteration beyond the minimum began). */
  loopEnter: 8,
  /** Between iterations of loop a: goes to the next instruction for another one, to b to leave; bounds in `counts[c]`. */
  loopGreedy: 9,
  /** The same, leaving first. */
  loopLazy: 10,
  /** Enters what is matched once and for all: registers a (height of the stack) and a + 1 (position); b characters back. */
  enter: 11,
  /** Leaves it, forgetting its other ways to match; goes back to where it began when b is 1. */
  leave: 12,
  /** Enters a negated look-around: register a; b characters back; goes on at c when its body fails. */
  enterNegated: 13,
  /** The body has matched, so it fails. */
  leaveNegated: 14,
  /** What group a holds; b: 0 as it is, 1 in any case, 2 in any ASCII case, 3 in any case as JavaScript has it. */
  backReference: 15,
  /** Goes on at the next instruction if group a has taken part, else at b. */
  condition: 16,
  /** Registers a to b, those of groups, forget what they held. */
  clear: 17,
} as const;

/** Integers per instruction. */
export const instructionSize = 4;

/** Assertions by number, as `Op.assert` names them. */
export const assertions: readonly AssertionKind[] = [
  'text-start',
  'text-end',
  'end',
  'line-start',
  'line-end',
  'boundary',
  'no-boundary',
];

export interface Program {
  readonly semantics: Semantics;
  readonly code: Int32Array;
  readonly sets: readonly CharSet[];
  /** Bounds of counted loops; `Infinity` when unbounded. */
  readonly counts: readonly { readonly min: number; readonly max: number }[];
  /** Groups including the whole match, which is group 0. */
  readonly groupCount: number;
  readonly registerCount: number;
  /** For each instruction the number of its memory of failures, or -1. */
  readonly memoOf: Int32Array;
  readonly memoCount: number;
}
