/**
 * @typedef {object} ConformanceResult what a test wrote, see tools/testing/conformance.ts
 * @property {string} golden
 * @property {number} passed
 * @property {readonly string[]} failed
 * @property {readonly { what: string, reason: string }[]} known
 */

/** @type {(text: string | number, width: number) => string} */
const left = (text, width) => String(text).padEnd(width);
/** @type {(text: string | number, width: number) => string} */
const right = (text, width) => String(text).padStart(width);

/**
 * The results as a table, then each known difference with its reason, then each row that failed.
 *
 * @param {readonly ConformanceResult[]} results
 * @returns {string[]} lines
 */
export function conformanceTable(results) {
  const sorted = [...results].sort((a, b) => (a.golden < b.golden ? -1 : 1));
  const width = Math.max(6, ...sorted.map(({ golden }) => golden.length));
  const heads = ['passed', 'failed', 'known difference'];
  /** @param {(result: ConformanceResult) => number} of */
  const sum = (of) => sorted.reduce((total, result) => total + of(result), 0);
  const row = (/** @type {string} */ name, /** @type {(string | number)[]} */ cells) =>
    `${left(name, width)}${cells.map((cell, n) => right(cell, (heads[n]?.length ?? 0) + 2)).join('')}`.trimEnd();
  return [
    row('golden', heads),
    ...sorted.map(({ golden, passed, failed, known }) => row(golden, [passed, failed.length, known.length])),
    row('all', [sum(({ passed }) => passed), sum(({ failed }) => failed.length), sum(({ known }) => known.length)]),
    ...byReason(sorted),
    ...sorted.flatMap(({ golden, failed }) => failed.map((what) => `FAILED ${golden}: ${what}`)),
  ];
}

/**
 * @param {readonly ConformanceResult[]} results
 * @returns {string[]} each reason once, with the rows that it is the reason of
 */
function byReason(results) {
  /** @type {Map<string, string[]>} */
  const reasons = new Map();
  for (const { golden, known } of results)
    for (const { what, reason } of known) {
      const head = `${golden}: ${reason}`;
      reasons.set(head, [...(reasons.get(head) ?? []), what]);
    }
  return [...reasons].flatMap(([head, rows]) => [`Known difference, ${head}`, `  ${rows.join(', ')}`]);
}
