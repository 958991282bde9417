import { median } from './median.mjs';

/** @typedef {import('./types.d.ts').Measurement<any>} Measurement */
/** @typedef {import('./types.d.ts').Result} Result */
/** @typedef {import('./types.d.ts').Run} Run */

/**
 * @typedef {object} BenchRun
 * @property {string} package name of the package, without scope
 * @property {string} cache folder for generated data
 * @property {boolean} quick one run on small data
 * @property {(note: string) => void} note gets what a person may want to know meanwhile
 * @property {(result: Result) => void} onResult gets each result when it is there
 */

/** Runs of which the median is taken. */
const fullRuns = 5;

/**
 * Whether a measurement's peer can run here; says why not.
 *
 * @param {Measurement} measurement
 * @param {(note: string) => void} note
 */
async function hasPeer({ theirs }, note) {
  if (theirs === undefined) return false;
  const answer = await theirs.available();
  if (answer !== true) note(`${theirs.name} is left out: ${answer}`);
  return answer === true;
}

/**
 * Runs ours and theirs by turns, so that what else the machine does meanwhile falls on both.
 *
 * @param {Measurement} measurement
 * @param {unknown} context
 * @param {number} runs
 * @param {boolean} withPeer
 */
async function alternate({ ours, theirs }, context, runs, withPeer) {
  /** @type {number[]} */
  const oursValues = [];
  /** @type {number[]} */
  const theirsValues = [];
  for (let run = 0; run < runs; run += 1) {
    oursValues.push((await ours(context)).value);
    if (withPeer && theirs !== undefined) theirsValues.push((await theirs.run(context)).value);
  }
  return { ours: median(oursValues), theirs: withPeer ? median(theirsValues) : null };
}

/**
 * Runs all measurements of a bench.
 *
 * @param {import('./types.d.ts').Bench} bench
 * @param {BenchRun} options
 * @returns {Promise<number>} how many measurements failed; the others are done all the same
 */
export async function runBench(bench, { package: packageName, cache, quick, note, onResult }) {
  const runs = quick ? 1 : fullRuns;
  const say = (/** @type {string} */ text) => note(`${packageName}/${bench.name}: ${text}`);
  const peers = await Promise.all(bench.measurements.map((measurement) => hasPeer(measurement, say)));
  say('prepares its data');
  const context = await bench.prepare({ cache, quick, peer: peers.includes(true) });
  let failed = 0;
  for (const [index, measurement] of bench.measurements.entries()) {
    const { metric, unit, better, target } = measurement;
    say(`${metric}, ${runs} ${runs === 1 ? 'run' : 'runs'}`);
    try {
      const { ours, theirs } = await alternate(measurement, context, runs, peers[index] === true);
      const ratio = theirs === null ? null : better === 'higher' ? ours / theirs : theirs / ours;
      const met = ratio === null || target === null ? null : ratio >= target;
      const row = { bench: packageName, name: bench.name, metric, ours, theirs, ratio, target, met };
      onResult({ row, unit, better, peer: measurement.theirs?.name ?? null, runs });
    } catch (error) {
      failed += 1;
      say(`${metric} failed: ${error instanceof Error ? error.stack : error}`);
    }
  }
  await bench.cleanup?.(context);
  return failed;
}
