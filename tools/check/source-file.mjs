import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { importsOf } from './imports.mjs';
import { lineAt, parseModule } from './syntax.mjs';

/**
 * A file that somebody wrote.
 *
 * @typedef {object} SourceFile
 * @property {string} path from the workspace root, with `/`
 * @property {'source' | 'test' | 'bench'} role `source` is what gets published; help for tests lies in `testing/`
 * @property {string} text
 * @property {readonly import('./syntax.mjs').Node[]} statements empty when the file does not parse
 * @property {readonly import('./imports.mjs').Import[]} imports
 * @property {string} [syntaxError]
 */

/**
 * @param {string} file
 * @returns {SourceFile['role']}
 */
const roleOf = (file) =>
  /\.test\.m?[jt]s$|\/testing\//.test(file) ? 'test' : /\/bench\//.test(file) ? 'bench' : 'source';

/**
 * Reads and parses one file.
 *
 * @param {string} root the workspace's folder
 * @param {string} file path from there
 * @returns {SourceFile}
 */
function readSource(root, file) {
  const text = readFileSync(path.join(root, file), 'utf8');
  const common = { path: file, role: roleOf(file), text };
  try {
    const statements = parseModule(text, file);
    return { ...common, statements, imports: importsOf(statements) };
  } catch (error) {
    const [syntaxError] = String(error instanceof Error ? error.message : error).split('\n');
    return { ...common, statements: [], imports: [], syntaxError: syntaxError ?? '' };
  }
}

/**
 * Names a place in a file for a person: `path:line`.
 *
 * @param {SourceFile} file
 * @param {number} at start of a node's span
 * @returns {string}
 */
export const placeIn = ({ path: file, text }, at) => `${file}:${lineAt(text, at)}`;

/**
 * Reads all files below a folder that end as wanted.
 *
 * @param {string} root the workspace's folder
 * @param {string} folder path from there
 * @param {RegExp} ending
 * @returns {SourceFile[]} in the order of their paths
 */
export function readSources(root, folder, ending) {
  const names = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => ending.test(name))
    .sort()
    .map((name) => readSource(root, `${folder}/${name.replaceAll(path.sep, '/')}`));
}
