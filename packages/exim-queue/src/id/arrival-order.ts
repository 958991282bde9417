import { compareIds } from './compare-ids.ts';
import { messageIdSeconds } from './message-id-ms.ts';

/** Integers up to here are exact. */
const exactBits = 53;
/** Up to so many are sorted by insertion. */
const maxInserted = 16;

/**
 * In which order ids (or names of -H files) arrived: their indexes, sorted as {@link compareIds} does.
 *
 * A comparison of 100,000 strings by a function takes 100 ms; numbers sort in a tenth of that. So the second and the index
 * go into one number, and only ids of the same second are compared.
 */
export function arrivalOrder(ids: readonly string[]): Uint32Array {
  const { length } = ids;
  const shift = 2 ** Math.ceil(Math.log2(Math.max(2, length)));
  const keys = new Float64Array(length);
  let earliest = Number.POSITIVE_INFINITY;
  let latest = 0;
  for (let index = 0; index < length; index += 1) {
    const seconds = messageIdSeconds(ids[index] as string);
    keys[index] = seconds;
    if (seconds < earliest) earliest = seconds;
    if (seconds > latest) latest = seconds;
  }
  if ((latest - earliest + 1) * shift > 2 ** exactBits) return sortedByComparison(ids);
  for (let index = 0; index < length; index += 1) keys[index] = ((keys[index] as number) - earliest) * shift + index;
  keys.sort();
  const order = new Uint32Array(length);
  for (let index = 0; index < length; index += 1) order[index] = (keys[index] as number) % shift;
  sortEqualSeconds(ids, order, keys, shift);
  return order;
}

/** Sorts each run of ids of the same second, in place. */
function sortEqualSeconds(ids: readonly string[], order: Uint32Array, keys: Float64Array, shift: number): void {
  const { length } = order;
  let start = 0;
  for (let end = 1; end <= length; end += 1) {
    if (end < length && secondOf(keys, end, shift) === secondOf(keys, start, shift)) continue;
    if (end - start > maxInserted)
      order.subarray(start, end).sort((a, b) => compareIds(ids[a] as string, ids[b] as string));
    else insertEach(ids, order, start, end);
    start = end;
  }
}

/** Sorts a few of them without the cost of a call that sorts. */
function insertEach(ids: readonly string[], order: Uint32Array, start: number, end: number): void {
  for (let next = start + 1; next < end; next += 1) {
    const index = order[next] as number;
    let at = next;
    while (at > start && compareIds(ids[order[at - 1] as number] as string, ids[index] as string) > 0) {
      order[at] = order[at - 1] as number;
      at -= 1;
    }
    order[at] = index;
  }
}

const secondOf = (keys: Float64Array, index: number, shift: number): number =>
  Math.floor((keys[index] as number) / shift);

/** For ids that are decades apart, which only damage or malice makes. */
function sortedByComparison(ids: readonly string[]): Uint32Array {
  const order = Uint32Array.from(ids, (_, index) => index);
  return order.sort((a, b) => compareIds(ids[a] as string, ids[b] as string));
}
