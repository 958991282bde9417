import { parseArgs } from 'node:util';
import { UsageError } from './usage-error.mjs';

export const usage = `usage: npm run bench -- [PACKAGE...] [--json] [--quick] [--record] [--install-peers]

Runs the benches of the packages, or all there are, and prints a row per measurement.

  --json           rows as NDJSON and nothing else on stdout (with npm run --silent)
  --quick          one run on small data: shows that the benches work
  --record         also write packages/PACKAGE/bench/record/DATE.json and docs/performance.md
  --install-peers  first install the programs to compare with (Debian packages, needs root)

Exit code: 0 measured, 1 a bench failed, 2 wrong usage.

  npm run bench -- log-matcher
  npm run --silent bench -- log-matcher log-source --quick --json`;

/**
 * @typedef {object} BenchOptions
 * @property {readonly string[]} packages
 * @property {boolean} json
 * @property {boolean} quick
 * @property {boolean} record
 * @property {boolean} installPeers
 * @property {boolean} help
 */

const flag = /** @type {const} */ ({ type: 'boolean', default: false });
const flags = { json: flag, quick: flag, record: flag, 'install-peers': flag, help: { ...flag, short: 'h' } };

/** @param {readonly string[]} args */
function parse(args) {
  try {
    return parseArgs({ args: [...args], options: flags, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Reads the command line.
 *
 * @param {readonly string[]} args
 * @returns {BenchOptions}
 * @throws {UsageError} for an option that does not exist, and for a record of a quick run, which would mean nothing
 */
export function parseBenchOptions(args) {
  const { values, positionals } = parse(args);
  const { json, quick, record, help } = values;
  if (quick && record) throw new UsageError('--quick and --record do not go together');
  return { packages: positionals, json, quick, record, help, installPeers: values['install-peers'] };
}
