import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * The licences of what a bundle holds besides the workspace's own sources: each package's name, version, and the text that
 * its licence asks to be passed on.
 *
 * @param {string} folder that the paths are relative to
 * @param {readonly string[]} inputs paths of the sources in the bundle
 */
export async function licenceTexts(folder, inputs) {
  const folders = new Set(inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []));
  const parts = [];
  for (const name of [...folders].sort()) {
    const at = path.join(folder, name);
    const manifest = JSON.parse(await readFile(path.join(at, 'package.json'), 'utf8'));
    const file = (await readdir(at)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? `Licence: ${manifest.license}` : await readFile(path.join(at, file), 'utf8');
    parts.push(`${manifest.name} ${manifest.version}\n\n${text.trim()}\n`);
  }
  return parts.join(`\n${'-'.repeat(80)}\n\n`);
}
