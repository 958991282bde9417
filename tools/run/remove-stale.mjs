import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

/** What the compiler makes of `x.ts`. */
const output = /\.(?:js|js\.map|d\.ts|d\.ts\.map)$/;

/**
 * @param {string} folder
 * @returns {string[]} paths of its files, from there
 */
const filesBelow = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => output.test(name))
    : [];

/**
 * Removes from `dist` what was compiled from sources that are no longer there or no longer published: `tsc -b` leaves
 * it, and `npm pack` would take it along.
 *
 * @param {string} root
 * @param {readonly string[]} folders of the projects, from the root
 * @returns {string[]} what was removed, from the root
 */
export function removeStale(root, folders) {
  const stale = folders.flatMap((folder) =>
    filesBelow(path.join(root, folder, 'dist'))
      .filter((name) => {
        const source = path.join(root, folder, 'src', name.replace(output, '.ts'));
        return !existsSync(source) || name.split(path.sep).includes('testing');
      })
      .map((name) => path.posix.join(folder, 'dist', name)),
  );
  for (const file of stale) rmSync(path.join(root, file));
  return stale;
}
