// Instructions, written by src/dfa/walk-code.ts: four words each, the operation first.
const CHAR: u32 = 0;
const SPLIT: u32 = 1;
const CAPTURE: u32 = 2;
const LOOK: u32 = 3;
const CLEAR: u32 = 4;
const LOOP: u32 = 6;

/** A slot of a group that took no part. */
export const UNSET: u32 = 0xffffffff;
/** The end of a match of which it was not asked for. */
export const UNKNOWN: u32 = 0xfffffffe;

/** Flags in the low bits of what is stored for a position. */
const FLAGS: u32 = 7;

/** Next instruction. */
let pc: u32 = 0;
/** Position that the walk is at. */
export let position: u32 = 0;
/** Look-aheads that the walk is inside of, as pairs at `looks`: where to go on, at which position. */
let depth: u32 = 0;
let looks: u32 = 0;
/** Instructions done, in all. */
export let walked: f64 = 0;

/** @param stack address of 8 bytes for each look-ahead that can lie in another */
export function setLooks(stack: u32): void {
  looks = stack;
}

/** Begins a walk at the start of a match, with no group having taken part. */
export function beginWalk(first: u32, start: u32, slots: u32, slotCount: u32): void {
  pc = first;
  position = start;
  depth = 0;
  for (let i: u32 = 2; i < slotCount; i++) store<u32>(slots + (i << 2), UNSET);
  store<u32>(slots, start);
  store<u32>(slots + 4, UNKNOWN);
}

/**
 * Walks through the match that Python would find: at each choice the first way from which the pattern's end can be reached.
 *
 * @param known address of what a pass stored for position `from`; that for positions up to `to` follows
 * @param full walk on to the end of the match when all groups are known
 * @returns false when the walk has come to a position that is not between `from` and `to`
 */
export function walkOn(known: u32, from: u32, to: u32, slots: u32, full: bool): bool {
  let at = position;
  let i = pc;
  let steps: u32 = 0;
  for (;;) {
    steps += 1;
    const op = load<u32>(i);
    if (op == SPLIT) {
      if (at - from > to - from) {
        pc = i;
        position = at;
        walked += <f64>steps;
        return false;
      }
      const split = load<u32>(i, 12);
      const decisions = load<u32>(known + ((at - from) << 2)) & ~FLAGS;
      const first = (load<u32>(decisions + ((split >> 5) << 2)) >> (split & 31)) & 1;
      i = load<u32>(i + (first != 0 ? 4 : 8));
    } else if (op == LOOP) {
      const split = load<u32>(i, 12);
      const word = (split >> 5) << 2;
      const again = load<u32>(i, 8);
      while (at - from <= to - from) {
        const decisions = load<u32>(known + ((at - from) << 2)) & ~FLAGS;
        if (((load<u32>(decisions + word) >> (split & 31)) & 1) != again) break;
        at += 1;
        steps += 1;
      }
      if (at - from > to - from) {
        pc = i;
        position = at;
        walked += <f64>steps;
        return false;
      }
      i = load<u32>(i, 4);
    } else if (op == CHAR) {
      at += load<u32>(i, 8);
      i = load<u32>(i, 4);
    } else if (op == CAPTURE) {
      store<u32>(slots + (load<u32>(i, 8) << 2), at);
      if (load<u32>(i, 12) != 0 && depth == 0 && !full) break;
      i = load<u32>(i, 4);
    } else if (op == LOOK) {
      store<u32>(looks + (depth << 3), load<u32>(i, 4));
      store<u32>(looks + (depth << 3), at, 4);
      depth += 1;
      i = load<u32>(i, 8);
    } else if (op == CLEAR) {
      const last = load<u32>(i, 12);
      for (let slot = load<u32>(i, 8); slot <= last; slot++) store<u32>(slots + (slot << 2), UNSET);
      i = load<u32>(i, 4);
    } else if (depth > 0) {
      depth -= 1;
      i = load<u32>(looks + (depth << 3));
      at = load<u32>(looks + (depth << 3), 4);
    } else {
      store<u32>(slots, at, 4);
      break;
    }
  }
  position = at;
  walked += <f64>steps;
  return true;
}
