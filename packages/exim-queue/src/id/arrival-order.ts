import type { PackedIds } from './packed-ids.ts';

/** Integers up to here are exact. */
const exactBits = 53;
/** Up to so many ids of one second are sorted by insertion. */
const maxInserted = 32;

/**
 * In which order ids arrived: their indexes, sorted as `compareIds` does.
 *
 * Numbers sort ten times as fast as by a function that compares strings. So the second and the index go into one number,
 * and only ids of the same second are compared.
 */
export function arrivalOrder(ids: PackedIds): Uint32Array {
  const { length } = ids;
  const order = new Uint32Array(length);
  const keys = new Float64Array(length);
  const shift = 2 ** Math.ceil(Math.log2(Math.max(2, length)));
  let earliest = Number.POSITIVE_INFINITY;
  let latest = 0;
  for (let index = 0; index < length; index += 1) {
    const seconds = ids.secondsOf(index);
    keys[index] = seconds;
    if (seconds < earliest) earliest = seconds;
    if (seconds > latest) latest = seconds;
  }
  if ((latest - earliest + 1) * shift > 2 ** exactBits) return sortedByComparison(ids, order);
  for (let index = 0; index < length; index += 1) keys[index] = ((keys[index] as number) - earliest) * shift + index;
  keys.sort();
  let start = 0;
  let second = -1;
  for (let at = 0; at < length; at += 1) {
    const key = keys[at] as number;
    const itsSecond = Math.floor(key / shift);
    const index = key - itsSecond * shift;
    if (itsSecond !== second) {
      if (at - start > maxInserted) sortRun(ids, order, start, at);
      start = at;
      second = itsSecond;
    }
    let to = at;
    if (at - start < maxInserted) {
      for (; to > start && ids.compare(order[to - 1] as number, index) > 0; to -= 1)
        order[to] = order[to - 1] as number;
    }
    order[to] = index;
  }
  if (length - start > maxInserted) sortRun(ids, order, start, length);
  return order;
}

function sortRun(ids: PackedIds, order: Uint32Array, start: number, end: number): void {
  order.subarray(start, end).sort((a, b) => ids.compare(a, b));
}

/** For ids that are decades apart, which only damage or malice makes. */
function sortedByComparison(ids: PackedIds, order: Uint32Array): Uint32Array {
  for (let index = 0; index < order.length; index += 1) order[index] = index;
  return order.sort((a, b) => ids.compare(a, b));
}
