import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** @param {string} file */
const packagesIn = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/**
 * Whether `node_modules` holds what package-lock.json asks for. npm leaves a lock of what it installed there;
 * optional packages for other platforms are not in it.
 *
 * @param {string} root
 * @returns {boolean}
 */
export function isInstalled(root) {
  const installedLock = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedLock)) return false;
  /** @type {Record<string, { version?: string, optional?: boolean, link?: boolean }>} */
  const wanted = packagesIn(path.join(root, 'package-lock.json'));
  const installed = packagesIn(installedLock);
  return Object.entries(wanted)
    .filter(([folder, { optional }]) => folder.includes('node_modules/') && !optional)
    .every(([folder, { version, link }]) => {
      const found = installed[folder];
      return found !== undefined && (link ? existsSync(path.join(root, folder)) : found.version === version);
    });
}
