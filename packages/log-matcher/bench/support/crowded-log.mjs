import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { Dice } from '../../../../tools/generate/dice.mjs';
import { cachedFile } from './log-files.mjs';

const namesPerLine = 400;
const linesPerHit = 50;
/** A prime: 400 steps reach as many names, of all kinds. */
const step = 101;

/**
 * A log of somebody who knows the rules: each line begins as all of them ask and holds the names of 400, but nothing
 * else that they want. Every fiftieth matches after all, the last e107 rule.
 *
 * @param {string} cache
 * @param {{ megabytes: number, names: readonly string[] }} options
 */
export function crowdedLog(cache, { megabytes, names }) {
  const dice = new Dice(megabytes);
  const line = (index) => {
    const first = dice.below(names.length);
    const chosen = Array.from({ length: namesPerLine }, (_, n) => names[(first + n * step) % names.length]);
    const end = index % linesPerHit === 0 ? ' "perl post"' : '';
    return `198.51.100.${dice.below(256)} - - [23/Nov/2026:10:00:00 +0000] ${chosen.join(' ')}${end}\n`;
  };
  const hash = createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 16);
  return cachedFile(cache, `crowded-${megabytes}mb-${hash}.log`, (file) => {
    const lines = [];
    for (let bytes = 0; bytes < megabytes * 1e6; bytes += lines.at(-1).length) lines.push(line(lines.length));
    writeFileSync(file, lines.join(''), 'latin1');
  });
}
