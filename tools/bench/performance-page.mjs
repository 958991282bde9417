import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { markdownTable } from './table.mjs';

/** @typedef {import('./types.d.ts').BenchRecord} BenchRecord */

const begin = '<!-- results: begin; written by npm run bench -- --record -->';
const end = '<!-- results: end -->';

const emptyPage = `# Performance

Measured by \`npm run bench -- --record\`. Each row is the median of five runs; ours and the peer run by turns in one
process tree, on the same data. A rate is per second of CPU time (user and system, of all threads and child processes),
so that it does not depend on how many cores a program takes. A ratio says how many times better ours is; below 1 the
peer is better.

${begin}
${end}
`;

/**
 * Newest record of each package that has any.
 *
 * @param {string} root
 * @param {readonly string[]} folders of the packages, from the root
 * @returns {{ folder: string, record: BenchRecord }[]}
 */
function newestRecords(root, folders) {
  return folders.flatMap((folder) => {
    const records = path.join(root, folder, 'bench/record');
    const newest = existsSync(records) ? readdirSync(records).sort().at(-1) : undefined;
    if (newest === undefined) return [];
    return { folder, record: JSON.parse(readFileSync(path.join(records, newest), 'utf8')) };
  });
}

/**
 * The page on performance with the newest record of each package.
 *
 * @param {string} root
 * @param {readonly string[]} folders of the packages, from the root
 * @returns {string} what docs/performance.md has to be; text outside the marked part is kept
 */
export function performancePage(root, folders) {
  const file = path.join(root, 'docs/performance.md');
  const page = existsSync(file) ? readFileSync(file, 'utf8') : emptyPage;
  const sections = newestRecords(root, folders).map(({ folder, record: { date, machine, results } }) => {
    const { cpu, cores, memoryGiB, node, kernel } = machine;
    const place = `${date}, ${cpu}, ${cores} cores, ${memoryGiB} GiB, Node.js ${node}, ${kernel}.`;
    return `\n## ${path.posix.basename(folder)}\n\n${place}\n\n${markdownTable(results)}\n`;
  });
  const [before, after] = [page.indexOf(begin), page.indexOf(end)];
  if (before === -1 || after < before) throw new Error(`docs/performance.md lacks the lines ${begin} and ${end}`);
  return `${page.slice(0, before + begin.length)}\n${sections.join('')}${sections.length > 0 ? '\n' : ''}${page.slice(after)}`;
}
