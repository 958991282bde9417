import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generateLog } from '../../../../tools/generate-log.mjs';

const lineFeed = 0x0a;

/**
 * A generated log of a number of lines, made once.
 *
 * @param {string} cache folder that it is kept in
 * @param {'apache' | 'sshd'} kind
 * @param {number} lines
 * @param {number} hitRate share of lines from the attack
 * @returns {Promise<string>} its path
 */
export async function firstLinesOf(cache, kind, lines, hitRate) {
  const file = path.join(cache, `banwatchd-${kind}-${lines}.log`);
  if (existsSync(file)) return file;
  await generateLog({ kind, path: file, bytes: lines * 250, hitRate, seed: 7 });
  const bytes = readFileSync(file);
  let end = 0;
  for (let n = 0; n < lines; n += 1) end = bytes.indexOf(lineFeed, end) + 1;
  writeFileSync(file, bytes.subarray(0, end));
  return file;
}
