import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Writes files below a folder, which need not exist.
 *
 * @param {string} root
 * @param {Readonly<Record<string, string | undefined>>} files text by path; undefined writes none
 */
export function writeFiles(root, files) {
  for (const [name, text] of Object.entries(files)) {
    if (text === undefined) continue;
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
}
