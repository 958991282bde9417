import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * A package that people can install.
 *
 * @typedef {object} PublishedPackage
 * @property {string} name
 * @property {string} folder absolute
 * @property {Readonly<Record<string, string>>} needs its dependencies and peers
 * @property {readonly string[]} programs names of its commands
 * @property {readonly string[]} entries what `exports` offers, as import specifiers
 */

/**
 * @param {string} folder absolute
 * @returns {PublishedPackage | undefined} undefined for a private one
 */
function readPackage(folder) {
  const file = path.join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  if (manifest.private) return undefined;
  const entries = Object.keys(manifest.exports ?? { '.': '' }).map((entry) => `${manifest.name}${entry.slice(1)}`);
  const needs = { ...manifest.dependencies, ...manifest.peerDependencies };
  return { name: manifest.name, folder, needs, programs: Object.keys(manifest.bin ?? {}), entries };
}

/**
 * The packages and apps that are published.
 *
 * @param {string} root
 * @returns {PublishedPackage[]}
 */
export const publishedPackages = (root) =>
  ['packages', 'apps']
    .flatMap((parent) => readdirSync(path.join(root, parent)).map((name) => path.join(root, parent, name)))
    .flatMap((folder) => readPackage(folder) ?? []);

/**
 * What published packages need from others, with what those need in turn, as installed in the workspace.
 *
 * @param {string} root
 * @param {readonly PublishedPackage[]} published
 * @returns {PublishedPackage[]}
 */
export function packagesNeeded(root, published) {
  const known = new Map(published.map((each) => [each.name, each]));
  // A Map hands out what is set while it is walked, so this ends with the last need of the last need.
  for (const { needs } of known.values()) {
    for (const name of Object.keys(needs).filter((need) => !known.has(need))) {
      const found = readPackage(path.join(root, 'node_modules', name));
      if (found !== undefined) known.set(name, found);
    }
  }
  return [...known.values()].slice(published.length);
}
