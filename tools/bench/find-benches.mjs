import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from './usage-error.mjs';

/**
 * A package or app with its benches.
 *
 * @typedef {object} BenchedPackage
 * @property {string} name without scope: `log-matcher`
 * @property {string} folder from the workspace root
 * @property {readonly string[]} files its benches, from the workspace root
 * @property {readonly string[]} siblings packages, by name without scope, that its benches take from their `dist` without
 *   the package depending on them
 */

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
const filesIn = (root, folder) =>
  existsSync(path.join(root, folder))
    ? readdirSync(path.join(root, folder))
        .sort()
        .map((name) => `${folder}/${name}`)
    : [];

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function siblingsIn(root, folder) {
  if (!existsSync(path.join(root, folder))) return [];
  const texts = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.mjs'))
    .map((name) => readFileSync(path.join(root, folder, name), 'utf8'));
  const found = texts.flatMap((text) =>
    [...text.matchAll(/'(?:\.\.\/)+([\w-]+)\/dist\//g)].map(([, name]) => name ?? ''),
  );
  return [...new Set(found)].sort();
}

/**
 * All packages and apps, also those without a bench.
 *
 * @param {string} root
 * @returns {BenchedPackage[]}
 */
export const findBenches = (root) =>
  [...filesIn(root, 'packages'), ...filesIn(root, 'apps')].map((folder) => ({
    name: path.posix.basename(folder),
    folder,
    files: filesIn(root, `${folder}/bench`).filter((file) => file.endsWith('.bench.mjs')),
    siblings: siblingsIn(root, `${folder}/bench`),
  }));

/**
 * The packages that a command line asks for; all that have a bench when it names none.
 *
 * @param {readonly BenchedPackage[]} packages
 * @param {readonly string[]} wanted names, with or without scope, or folders
 * @returns {BenchedPackage[]}
 * @throws {UsageError} for a name that stands for no package with a bench
 */
export function chooseBenches(packages, wanted) {
  const benched = packages.filter(({ files }) => files.length > 0);
  if (wanted.length === 0) return benched;
  return wanted.map((text) => {
    const name = path.posix.basename(text);
    const found = benched.find((each) => each.name === name);
    if (found !== undefined) return found;
    const reason = packages.some((each) => each.name === name) ? 'has no bench' : 'is no package here';
    throw new UsageError(
      `${text} ${reason}; those with one are: ${benched.map((each) => each.name).join(', ') || 'none'}`,
    );
  });
}
