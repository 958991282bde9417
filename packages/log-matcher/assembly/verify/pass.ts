import { fill, prepare } from '../host';
import { BEGIN_OFFSET, CLASS_MAP, DEAD, EMPTY_ROW, FLAGS, START_ROW, STARTS, UNKNOWN_ENTRY } from './automaton';

/** Row that the pass is at. */
export let row: u32 = 0;
/** Address of what was stored for the leftmost position at which a match begins; 0 for none. */
export let best: u32 = 0;
/** Whether nothing further to the left can change that. */
export let isDead: bool = false;
/** Entries followed, in all. */
export let entriesFollowed: f64 = 0;

/** Enters an automaton at the end of a subject; false when the cache is full. */
export function enter(automaton: u32, isEmpty: bool): bool {
  if (load<u32>(automaton, START_ROW) == 0 && prepare(automaton) == 0) return false;
  row = isEmpty ? load<u32>(automaton, EMPTY_ROW) : load<u32>(automaton, START_ROW);
  best = 0;
  isDead = false;
  return true;
}

/** Goes on from a row that was worked out before. */
export function enterAt(at: u32): void {
  row = at;
  best = 0;
  isDead = false;
}

/** Units that a head reads at most: it is to tell early what it can tell at all. */
const HEAD_UNITS: u32 = 64;

/** Whether a head finds that its pattern cannot match. */
export function headRefuses(head: u32, from: u32, to: u32): bool {
  if (load<u32>(head, START_ROW) == 0 && prepare(head) == 0) return false;
  const map = load<u32>(head, CLASS_MAP);
  const end = min(to, from + HEAD_UNITS);
  let at = load<u32>(head, START_ROW);
  let p = from;
  let known: u32 = 0;
  for (; p < end; p++) {
    const offset: u32 = load<u16>(map + (<u32>load<u8>(p) << 1));
    known = load<u32>(at + offset + 4);
    if ((known & FLAGS) != 0) {
      if ((known & UNKNOWN_ENTRY) != 0) {
        if (fill(head, at, offset) == 0) break;
        known = load<u32>(at + offset + 4);
      }
      if ((known & (STARTS | DEAD)) != 0) break;
    }
    at = load<u32>(at + offset);
  }
  entriesFollowed += <f64>(p - from);
  return (known & (STARTS | DEAD | UNKNOWN_ENTRY)) == DEAD;
}

/** Goes on where a pass had come to. */
export function resume(at: u32, found: u32, dead: bool): void {
  row = at;
  best = found;
  isDead = dead;
}

export function countEntries(count: u32): void {
  entriesFollowed += <f64>count;
}

/**
 * Reads the units of [from, to) from right to left, and stores at `out` and below what is known at each position: first
 * for the position behind the last unit.
 *
 * @returns false when the cache is full
 */
export function passBack(automaton: u32, from: u32, to: u32, out: u32): bool {
  const map = load<u32>(automaton, CLASS_MAP);
  let at = row;
  let p = to;
  let found: u32 = best;
  let whole = true;
  while (p > from) {
    // Four steps at a time, as long as nothing is special about them. What follows an unknown entry is not used.
    while (p - from >= 4) {
      const entry1 = at + load<u16>(map + (<u32>load<u8>(p - 1) << 1));
      const entry2 = load<u32>(entry1) + load<u16>(map + (<u32>load<u8>(p - 2) << 1));
      const entry3 = load<u32>(entry2) + load<u16>(map + (<u32>load<u8>(p - 3) << 1));
      const entry4 = load<u32>(entry3) + load<u16>(map + (<u32>load<u8>(p - 4) << 1));
      const known1 = load<u32>(entry1, 4);
      const known2 = load<u32>(entry2, 4);
      const known3 = load<u32>(entry3, 4);
      const known4 = load<u32>(entry4, 4);
      if (((known1 | known2 | known3 | known4) & FLAGS) != 0) break;
      store<u32>(out, known1);
      store<u32>(out - 4, known2);
      store<u32>(out - 8, known3);
      store<u32>(out - 12, known4);
      at = load<u32>(entry4);
      out -= 16;
      p -= 4;
    }
    if (p == from) break;
    p -= 1;
    const offset: u32 = load<u16>(map + (<u32>load<u8>(p) << 1));
    if ((load<u32>(at + offset + 4) & UNKNOWN_ENTRY) != 0 && fill(automaton, at, offset) == 0) {
      whole = false;
      break;
    }
    const known = load<u32>(at + offset + 4);
    store<u32>(out, known);
    at = load<u32>(at + offset);
    if ((known & STARTS) != 0) found = out;
    if ((known & DEAD) != 0) {
      isDead = true;
      break;
    }
    out -= 4;
  }
  entriesFollowed += <f64>(to - p);
  row = at;
  best = found;
  return whole;
}

/** Stores at `out` what is known at the beginning of the subject; false when the cache is full. */
export function passBegin(automaton: u32, out: u32): bool {
  const offset = load<u32>(automaton, BEGIN_OFFSET);
  if ((load<u32>(row + offset + 4) & UNKNOWN_ENTRY) != 0 && fill(automaton, row, offset) == 0) return false;
  const known = load<u32>(row + offset + 4);
  store<u32>(out, known);
  if ((known & STARTS) != 0) best = out;
  entriesFollowed += 1;
  return true;
}
