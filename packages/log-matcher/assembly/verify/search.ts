import { forget } from '../host';
import { SLOTS, WALK } from './automaton';
import { best, enter, isDead, passBack, passBegin, resume, row } from './pass';
import { passTwo } from './pass-two';
import * as two from './pass-two';
import { beginWalk, walkOn } from './walk';

/** Address of what passes store: a word for each position. */
export let positions: u32 = 0;
/** The same for the second of two passes side by side. */
let secondPositions: u32 = 0;
/** Most positions. */
export let positionCapacity: u32 = 0;
/** Address of a line break, for subjects that have one behind them. */
let finalBreak: u32 = 0;

/**
 * @param address of room for two passes
 * @param breakAt address of a line break that is part of each subject, behind it; 0 for none
 */
export function setPositions(address: u32, capacity: u32, breakAt: u32): void {
  positions = address;
  secondPositions = address + ((capacity + 2) << 2);
  positionCapacity = capacity;
  finalBreak = breakAt;
}

/** Positions that a subject of so many units needs. */
export function positionsFor(units: u32): u32 {
  return units + 1 + (finalBreak != 0 ? 1 : 0);
}

/** Enters an automaton at the end of a subject, of which `out` is the position behind the last unit of a line. */
function enterAtEnd(automaton: u32, units: u32, out: u32): bool {
  if (!enter(automaton, units == 0 && finalBreak == 0)) return false;
  return finalBreak == 0 || passBack(automaton, finalBreak, finalBreak + 1, out + 4);
}

function pass(automaton: u32, from1: u32, to1: u32, from2: u32, to2: u32): bool {
  const first = to1 - from1;
  const units = first + (to2 - from2);
  let out = positions + (units << 2);
  if (!enterAtEnd(automaton, units, out)) return false;
  if (!isDead && !passBack(automaton, from2, to2, out)) return false;
  out -= (to2 - from2) << 2;
  if (!isDead && !passBack(automaton, from1, to1, out)) return false;
  return isDead || passBegin(automaton, positions);
}

/** Finishes a pass that has come to `to`. */
function finish(automaton: u32, from: u32, to: u32, base: u32): bool {
  if (!isDead && !passBack(automaton, from, to, base + ((to - from) << 2))) return false;
  return isDead || passBegin(automaton, base);
}

/** Writes the slots of the match that a pass has found. */
function conclude(automaton: u32, known: u32, found: u32, last: u32, slots: u32, full: bool): void {
  beginWalk(load<u32>(automaton, WALK), (found - known) >> 2, slots, load<u32>(automaton, SLOTS));
  if (load<u32>(automaton, SLOTS) > 2 || full) walkOn(known, 0, last, slots, full);
}

/** Answers of a search. The third: the cache is too small for a subject of this length. */
export const NONE: u32 = 0;
export const FOUND: u32 = 1;
export const TOO_LONG: u32 = 2;

/**
 * Searches [from1, to1) and [from2, to2) as one subject, and writes the slots of the leftmost match.
 *
 * @param full whether the end of the match is asked for, and not only groups
 */
export function search(automaton: u32, from1: u32, to1: u32, from2: u32, to2: u32, slots: u32, full: bool): u32 {
  if (!pass(automaton, from1, to1, from2, to2)) {
    forgetAll();
    if (!pass(automaton, from1, to1, from2, to2)) return TOO_LONG;
  }
  if (best == 0) return NONE;
  const last = positionsFor(to1 - from1 + (to2 - from2)) - 1;
  conclude(automaton, positions, best, last, slots, full);
  return FOUND;
}

/** Forgets what automata have worked out, and with it what a second pass has found. */
function forgetAll(): void {
  secondIsKnown = false;
  forget();
}

let secondIsKnown: bool = false;
/** What the second of two passes found. */
let secondFound: u32 = 0;
let secondAutomaton: u32 = 0;
let secondLast: u32 = 0;

/**
 * Searches two lines side by side, and writes the slots of the first one's match.
 *
 * @returns as search does, for the first; of the second {@link concludeSecond} tells. TOO_LONG: search both one by one
 */
export function searchTwo(a: u32, fromA: u32, toA: u32, b: u32, fromB: u32, toB: u32, slots: u32): u32 {
  const lastA = toA - fromA;
  const lastB = toB - fromB;
  if (!enterAtEnd(a, lastA, positions + (lastA << 2))) return TOO_LONG;
  const startA = row;
  const earlyA = best;
  if (isDead) return TOO_LONG;
  if (!enterAtEnd(b, lastB, secondPositions + (lastB << 2))) return TOO_LONG;
  const startB = row;
  const earlyB = best;
  if (isDead) return TOO_LONG;
  const outA = positions + (lastA << 2);
  const outB = secondPositions + (lastB << 2);
  if (!passTwo(a, startA, fromA, toA, outA, b, startB, fromB, toB, outB)) return TOO_LONG;
  resume(two.rowB, two.bestB != 0 ? two.bestB : earlyB, two.isDeadB);
  if (!finish(b, fromB, two.toB, secondPositions)) return TOO_LONG;
  secondIsKnown = true;
  secondFound = best;
  secondAutomaton = b;
  secondLast = positionsFor(lastB) - 1;
  resume(two.rowA, two.bestA != 0 ? two.bestA : earlyA, two.isDeadA);
  if (!finish(a, fromA, two.toA, positions)) return TOO_LONG;
  if (best == 0) return NONE;
  conclude(a, positions, best, positionsFor(lastA) - 1, slots, false);
  return FOUND;
}

/** Answers as search does for the second line of {@link searchTwo}; TOO_LONG when it has to be searched once more. */
export function concludeSecond(slots: u32): u32 {
  if (!secondIsKnown) return TOO_LONG;
  if (secondFound == 0) return NONE;
  conclude(secondAutomaton, secondPositions, secondFound, secondLast, slots, false);
  return FOUND;
}

/** Whether a gate lets a subject pass: none of its patterns matches where it does not. */
export function passesGate(gate: u32, from: u32, to: u32): bool {
  if (!pass(gate, from, to, to, to)) {
    forgetAll();
    return true;
  }
  return best != 0;
}
