/** @typedef {import('./types.d.ts').Result} Result */

/** Columns of every table of results; those of numbers are aligned right. */
const columns = ['name', 'metric', 'ours', 'theirs', 'ratio', 'target', 'met'];
const firstNumber = 2;

/** @param {number} value */
const digits = (value) => value.toLocaleString('en-US', { maximumSignificantDigits: value >= 1000 ? 4 : 3 });

/** @param {number | null} ratio */
const times = (ratio) => (ratio === null ? '–' : `${digits(ratio)}×`);

/**
 * Cells of one row.
 *
 * @param {Result} result
 * @returns {string[]}
 */
function cellsOf({ row, unit, peer }) {
  const theirs = row.theirs === null ? '–' : `${digits(row.theirs)} ${unit}`;
  return [
    `${row.bench}/${row.name}`,
    peer === null ? row.metric : `${row.metric} against ${peer}`,
    `${digits(row.ours)} ${unit}`,
    theirs,
    times(row.ratio),
    times(row.target),
    row.met === null ? '–' : row.met ? 'yes' : 'no',
  ];
}

/**
 * Results as lines of text with aligned columns.
 *
 * @param {readonly Result[]} results
 * @returns {string}
 */
export function textTable(results) {
  const rows = [columns, ...results.map(cellsOf)];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => /** @type {string} */ (row[column]).length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return column < firstNumber ? cell.padEnd(width) : cell.padStart(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/**
 * Results as a table in Markdown.
 *
 * @param {readonly Result[]} results
 * @returns {string}
 */
export function markdownTable(results) {
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = columns.map((_, column) => (column < firstNumber ? '---' : '---:'));
  return [line(columns), line(rule), ...results.map((result) => line(cellsOf(result)))].join('\n');
}
