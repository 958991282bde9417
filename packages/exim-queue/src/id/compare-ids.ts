const timeDigits = 6;
const shortLastPart = 14;
const longLastPart = 19;
/** Of an id of the long kind alone; names of files of the short kind stay below. */
const longLength = 23;

/**
 * Exim's order of arrival, for sorting: by the second of the id, then by its last part, which divides that second, then by
 * the rest, so that no two ids are equal. Works for names of -H files alike, as long as all are such names.
 */
export function compareIds(a: string, b: string): number {
  return compareFrom(a, b, 0, 0, timeDigits) || compareLast(a, b) || compareWhole(a, b);
}

const lastPartOf = (id: string): number => (id.length < longLength ? shortLastPart : longLastPart);

const compareLast = (a: string, b: string): number => compareFrom(a, b, lastPartOf(a), lastPartOf(b), 4);

function compareWhole(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Digits of ids are in the order of their codes. */
function compareFrom(a: string, b: string, startA: number, startB: number, count: number): number {
  for (let index = 0; index < count; index += 1) {
    const codeA = startA + index < a.length ? a.charCodeAt(startA + index) : 0;
    const codeB = startB + index < b.length ? b.charCodeAt(startB + index) : 0;
    if (codeA !== codeB) return codeA - codeB;
  }
  return 0;
}
