/**
 * Exim's order of arrival, for sorting: by the second of the id, then by its last part, which divides that second, then,
 * so that no two ids are equal, those of the short kind first and by the rest.
 */
export const compareIds = (a: string, b: string): number =>
  compare(a.slice(0, 6), b.slice(0, 6)) ||
  compareLast(a.slice(a.lastIndexOf('-') + 1), b.slice(b.lastIndexOf('-') + 1)) ||
  a.length - b.length ||
  compare(a, b);

/** Digits of ids are in the order of their codes. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Of two kinds of ids only what both have: the shorter is the coarser. */
function compareLast(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  return compare(a.slice(0, length), b.slice(0, length));
}
