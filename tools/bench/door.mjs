import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseBenchOptions, usage } from './bench-options.mjs';
import { chooseBenches, findBenches } from './find-benches.mjs';
import { performancePage } from './performance-page.mjs';
import { writeRecord } from './record.mjs';
import { runPackages } from './run-packages.mjs';
import { textTable } from './table.mjs';
import { UsageError } from './usage-error.mjs';

/** @typedef {import('./find-benches.mjs').BenchedPackage} BenchedPackage */
/** @typedef {import('./bench-options.mjs').BenchOptions} BenchOptions */

/**
 * What the door works on and writes to.
 *
 * @typedef {object} DoorSetup
 * @property {string} root the workspace
 * @property {(packages: readonly BenchedPackage[], installPeers: boolean) => boolean} makeReady builds the packages;
 *   false when that failed
 * @property {(text: string) => void} out gets the rows
 * @property {(note: string) => void} note gets everything else, by the line
 */

/**
 * @param {DoorSetup} setup
 * @param {readonly BenchedPackage[]} packages
 * @param {BenchOptions} options
 * @returns {Promise<boolean>} whether all went well
 */
async function runAll({ root, out, note }, packages, { json, quick, record }) {
  const all = [];
  let failures = 0;
  /** @type {(result: import('./types.d.ts').Result) => void} */
  const onResult = ({ row }) => {
    if (json) out(`${JSON.stringify(row)}\n`);
  };
  for await (const { folder, results, failed } of runPackages(root, packages, { quick, note, onResult })) {
    all.push(...results);
    failures += failed;
    if (record && failed === 0) note(`recorded in ${writeRecord(root, folder, results)}`);
  }
  if (!json) out(`${textTable(all)}\n`);
  if (record) {
    const folders = findBenches(root).map(({ folder }) => folder);
    mkdirSync(path.join(root, 'docs'), { recursive: true });
    writeFileSync(path.join(root, 'docs/performance.md'), performancePage(root, folders));
  }
  return failures === 0;
}

/**
 * Does what one command line of the benchmarks asks for.
 *
 * @param {readonly string[]} args
 * @param {DoorSetup} setup
 * @returns {Promise<0 | 1 | 2>} exit code, as `--help` tells it
 */
export async function door(args, setup) {
  try {
    const options = parseBenchOptions(args);
    if (options.help) {
      setup.out(`${usage}\n`);
      return 0;
    }
    const packages = chooseBenches(findBenches(setup.root), options.packages);
    if (packages.length === 0) {
      setup.note('no package has a bench');
      return 1;
    }
    const isReady = setup.makeReady(packages, options.installPeers);
    return isReady && (await runAll(setup, packages, options)) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    setup.note(`${error.message}\n\n${usage}`);
    return 2;
  }
}
