// Writes a deterministic log in which a given share of the lines comes from an attack: an Apache access log (combined
// format) with one on the e107 content management system, or an auth log with some on sshd. The same arguments give the
// same bytes on every machine.
//
//   node tools/generate-log.mjs FILE [--kind apache|sshd] [--mb 64] [--hit-rate 0.01] [--seed 1] [--crlf]
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { AccessLog } from './generate/access-log.mjs';
import { AuthLog } from './generate/auth-log.mjs';

const blockChars = 1 << 20;
const kinds = { apache: AccessLog, sshd: AuthLog };

/**
 * Whole lines of at least `chars` characters.
 *
 * @param {AccessLog | AuthLog} log
 * @param {number} chars
 */
function nextBlock(log, chars) {
  let text = '';
  while (text.length < chars) text += log.line();
  return text;
}

/**
 * Writes the log. Holds about a megabyte at a time.
 *
 * @param {object} options
 * @param {'apache' | 'sshd'} options.kind what writes such a log
 * @param {string} options.path file to write; an existing one is replaced
 * @param {number} options.bytes least size; the last line may go beyond it
 * @param {number} [options.hitRate] share of lines from the attack, 0 to 1; default 0.01
 * @param {number} [options.seed] default 1
 * @param {boolean} [options.crlf] whether lines end with `\r\n`; default false
 * @returns {Promise<{ bytes: number, lines: number }>} what was written
 */
export async function generateLog({ kind, path, bytes, hitRate = 0.01, seed = 1, crlf = false }) {
  const log = new kinds[kind](seed, hitRate);
  const file = createWriteStream(path);
  const done = finished(file);
  let written = 0;
  let lines = 0;
  while (written < bytes) {
    const plain = nextBlock(log, Math.min(blockChars, bytes - written));
    const block = crlf ? plain.replaceAll('\n', '\r\n') : plain;
    written += block.length;
    for (let at = block.indexOf('\n'); at !== -1; at = block.indexOf('\n', at + 1)) lines += 1;
    if (!file.write(block, 'latin1')) await Promise.race([once(file, 'drain'), done]);
  }
  file.end();
  await done;
  return { bytes: written, lines };
}

/**
 * Writes an access log, see {@link generateLog}.
 *
 * @param {Omit<Parameters<typeof generateLog>[0], 'kind'>} options
 */
export const generateApacheLog = (options) => generateLog({ ...options, kind: 'apache' });

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      kind: { type: 'string', default: 'apache' },
      mb: { type: 'string', default: '64' },
      'hit-rate': { type: 'string', default: '0.01' },
      seed: { type: 'string', default: '1' },
      crlf: { type: 'boolean', default: false },
    },
  });
  const [path] = positionals;
  const { kind, crlf } = values;
  const bytes = Number(values.mb) * 1e6;
  const hitRate = Number(values['hit-rate']);
  const seed = Number(values.seed);
  const isKind = kind === 'apache' || kind === 'sshd';
  if (path === undefined || !isKind || !(bytes > 0) || !(hitRate >= 0 && hitRate <= 1) || !Number.isInteger(seed)) {
    console.error(
      'usage: node tools/generate-log.mjs FILE [--kind apache|sshd] [--mb 64] [--hit-rate 0.01] [--seed 1] [--crlf]',
    );
    process.exit(2);
  }
  const result = await generateLog({ kind, path, bytes, hitRate, seed, crlf });
  console.log(`${path}: ${result.bytes} bytes, ${result.lines} lines`);
}
