/** Code points from and to, both inclusive. */
export type Range = readonly [from: number, to: number];

/** Ascending, disjoint and not adjacent. */
export type Ranges = readonly Range[];

export const maxCodePoint = 0x10ffff;

/** Brings ranges into order and joins those that touch. */
export function normalizeRanges(ranges: readonly Range[]): Ranges {
  if (ranges.length < 2) return ranges;
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  const joined: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

/** All other code points. */
export function complementRanges(ranges: Ranges): Ranges {
  const others: Range[] = [];
  let next = 0;
  for (const [from, to] of ranges) {
    if (from > next) others.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= maxCodePoint) others.push([next, maxCodePoint]);
  return others;
}

/** Whether a code point lies in one of the ranges. */
export function rangesHave(ranges: Ranges, code: number): boolean {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [from, to] = ranges[middle] as Range;
    if (code < from) high = middle - 1;
    else if (code > to) low = middle + 1;
    else return true;
  }
  return false;
}

/** How many code points the ranges hold. */
export function countOf(ranges: Ranges): number {
  let count = 0;
  for (const [from, to] of ranges) count += to - from + 1;
  return count;
}
