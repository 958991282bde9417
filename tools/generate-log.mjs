// Writes a deterministic Apache access log (combined format) in which a given share of the lines comes from an attack on
// the e107 content management system. The same arguments give the same bytes on every machine.
//
//   node tools/generate-log.mjs FILE [--mb 64] [--hit-rate 0.01] [--seed 1]
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { AccessLog } from './generate/access-log.mjs';

const blockChars = 1 << 20;

/**
 * Writes the log. Holds about a megabyte at a time.
 *
 * @param {object} options
 * @param {string} options.path file to write; an existing one is replaced
 * @param {number} options.bytes least size; the last line may go beyond it
 * @param {number} [options.hitRate] share of lines from the attack, 0 to 1; default 0.01
 * @param {number} [options.seed] default 1
 * @returns {Promise<{ bytes: number, lines: number }>} what was written
 */
export async function generateApacheLog({ path, bytes, hitRate = 0.01, seed = 1 }) {
  const log = new AccessLog(seed, hitRate);
  const file = createWriteStream(path);
  const done = finished(file);
  let written = 0;
  let lines = 0;
  while (written < bytes) {
    const block = log.block(Math.min(blockChars, bytes - written));
    written += block.length;
    for (let at = block.indexOf('\n'); at !== -1; at = block.indexOf('\n', at + 1)) lines += 1;
    if (!file.write(block, 'latin1')) await Promise.race([once(file, 'drain'), done]);
  }
  file.end();
  await done;
  return { bytes: written, lines };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      mb: { type: 'string', default: '64' },
      'hit-rate': { type: 'string', default: '0.01' },
      seed: { type: 'string', default: '1' },
    },
  });
  const [path] = positionals;
  const bytes = Number(values.mb) * 1e6;
  const hitRate = Number(values['hit-rate']);
  const seed = Number(values.seed);
  if (path === undefined || !(bytes > 0) || !(hitRate >= 0 && hitRate <= 1) || !Number.isInteger(seed)) {
    console.error('usage: node tools/generate-log.mjs FILE [--mb 64] [--hit-rate 0.01] [--seed 1]');
    process.exit(2);
  }
  const result = await generateApacheLog({ path, bytes, hitRate, seed });
  console.log(`${path}: ${result.bytes} bytes, ${result.lines} lines`);
}
