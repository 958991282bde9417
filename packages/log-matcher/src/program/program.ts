import type { CharSet } from '../chars/char-set.ts';
import type { Semantics } from '../python-regex/ast.ts';

/**
 * What an instruction does, with its operands a, b, c:
 *
 * - `char`: takes a character of set a, goes on at b;
 * - `split`: goes on at a or, with less priority, at b;
 * - `capture`: notes the position in slot a, goes on at b;
 * - `assert`: goes on at b if assertion a (index in {@link assertionKinds}) holds; c is 1 where only ASCII is a word;
 * - `behind`: goes on at b if the character before is in set a, or with c = 1 if it is not;
 * - `look`: goes on at b if the program that begins at a matches here, or with c = 1 if it does not;
 * - `clear`: forgets the slots a to c, goes on at b;
 * - `match`: the end of the pattern or of a look-ahead;
 * - `fail`: leads nowhere.
 */
export const Op = {
  char: 0,
  split: 1,
  capture: 2,
  assert: 3,
  behind: 4,
  look: 5,
  clear: 6,
  match: 7,
  fail: 8,
} as const;

export const assertionKinds = [
  'text-start',
  'text-end',
  'end',
  'line-start',
  'line-end',
  'boundary',
  'no-boundary',
] as const;

/**
 * A pattern as an automaton that takes one character at a time (Thompson's construction).
 *
 * Instructions stand in such an order that those which take no character only lead to smaller numbers: what holds at a
 * position can be worked out in one pass from the first to the last.
 */
export interface Program {
  readonly op: Uint8Array;
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly c: Int32Array;
  readonly sets: readonly CharSet[];
  readonly start: number;
  /** Slots of all groups, the whole match included: start and end by turns. */
  readonly slotCount: number;
  readonly semantics: Semantics;
}
