import { fill } from '../host';
import { CLASS_MAP, DEAD, FLAGS, STARTS, UNKNOWN_ENTRY } from './automaton';
import { countEntries } from './pass';

// Each step of a pass waits for the row that the last one loaded. Two passes at once wait for each other's no longer.

/** How far a pass has come. */
export let rowA: u32 = 0;
export let bestA: u32 = 0;
export let toA: u32 = 0;
export let isDeadA: bool = false;
export let rowB: u32 = 0;
export let bestB: u32 = 0;
export let toB: u32 = 0;
export let isDeadB: bool = false;

/**
 * Two passes side by side, see passBack, until one of them is done; how far they have come is in the variables.
 *
 * @returns false when the cache is full
 */
export function passTwo(
  automatonA: u32,
  startA: u32,
  fromA: u32,
  endA: u32,
  outA: u32,
  automatonB: u32,
  startB: u32,
  fromB: u32,
  endB: u32,
  outB: u32,
): bool {
  const mapA = load<u32>(automatonA, CLASS_MAP);
  const mapB = load<u32>(automatonB, CLASS_MAP);
  let atA = startA;
  let atB = startB;
  let foundA: u32 = 0;
  let foundB: u32 = 0;
  let deadA = false;
  let deadB = false;
  // Both passes go back by as many units.
  const total = min(endA - fromA, endB - fromB);
  const last = endA - total;
  let a = endA;
  let b = endB;
  while (a > last) {
    while (a - last >= 4) {
      const entryA1 = atA + load<u16>(mapA + (<u32>load<u8>(a - 1) << 1));
      const entryB1 = atB + load<u16>(mapB + (<u32>load<u8>(b - 1) << 1));
      const entryA2 = load<u32>(entryA1) + load<u16>(mapA + (<u32>load<u8>(a - 2) << 1));
      const entryB2 = load<u32>(entryB1) + load<u16>(mapB + (<u32>load<u8>(b - 2) << 1));
      const knownA1 = load<u32>(entryA1, 4);
      const knownB1 = load<u32>(entryB1, 4);
      store<u32>(outA, knownA1);
      store<u32>(outB, knownB1);
      const entryA3 = load<u32>(entryA2) + load<u16>(mapA + (<u32>load<u8>(a - 3) << 1));
      const entryB3 = load<u32>(entryB2) + load<u16>(mapB + (<u32>load<u8>(b - 3) << 1));
      const knownA2 = load<u32>(entryA2, 4);
      const knownB2 = load<u32>(entryB2, 4);
      store<u32>(outA - 4, knownA2);
      store<u32>(outB - 4, knownB2);
      const entryA4 = load<u32>(entryA3) + load<u16>(mapA + (<u32>load<u8>(a - 4) << 1));
      const entryB4 = load<u32>(entryB3) + load<u16>(mapB + (<u32>load<u8>(b - 4) << 1));
      const knownA3 = load<u32>(entryA3, 4);
      const knownB3 = load<u32>(entryB3, 4);
      store<u32>(outA - 8, knownA3);
      store<u32>(outB - 8, knownB3);
      const knownA4 = load<u32>(entryA4, 4);
      const knownB4 = load<u32>(entryB4, 4);
      const all = knownA1 | knownB1 | knownA2 | knownB2 | knownA3 | knownB3 | knownA4 | knownB4;
      if ((all & FLAGS) != 0) break;
      store<u32>(outA - 12, knownA4);
      store<u32>(outB - 12, knownB4);
      atA = load<u32>(entryA4);
      atB = load<u32>(entryB4);
      outA -= 16;
      outB -= 16;
      a -= 4;
      b -= 4;
    }
    if (a == last) break;
    const offsetA: u32 = load<u16>(mapA + (<u32>load<u8>(a - 1) << 1));
    const offsetB: u32 = load<u16>(mapB + (<u32>load<u8>(b - 1) << 1));
    if ((load<u32>(atA + offsetA + 4) & UNKNOWN_ENTRY) != 0 && fill(automatonA, atA, offsetA) == 0) return false;
    if ((load<u32>(atB + offsetB + 4) & UNKNOWN_ENTRY) != 0 && fill(automatonB, atB, offsetB) == 0) return false;
    const knownA = load<u32>(atA + offsetA + 4);
    const knownB = load<u32>(atB + offsetB + 4);
    store<u32>(outA, knownA);
    store<u32>(outB, knownB);
    atA = load<u32>(atA + offsetA);
    atB = load<u32>(atB + offsetB);
    if ((knownA & STARTS) != 0) foundA = outA;
    if ((knownB & STARTS) != 0) foundB = outB;
    a -= 1;
    b -= 1;
    deadA = (knownA & DEAD) != 0;
    deadB = (knownB & DEAD) != 0;
    if (deadA || deadB) break;
    outA -= 4;
    outB -= 4;
  }
  countEntries(2 * (endA - a));
  rowA = atA;
  rowB = atB;
  bestA = foundA;
  bestB = foundB;
  toA = a;
  toB = b;
  isDeadA = deadA;
  isDeadB = deadB;
  return true;
}
