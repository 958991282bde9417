import { median } from './median.mjs';

/** @typedef {import('./types.d.ts').Measurement<any>} Measurement */
/** @typedef {import('./types.d.ts').Peer<any>} Peer */
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
 * Those that can run here; says why of the others.
 *
 * @template {{ readonly available?: () => Promise<true | string> }} Item
 * @param {readonly Item[]} items
 * @param {(item: Item) => string} nameOf
 * @param {(note: string) => void} note
 */
async function availableOf(items, nameOf, note) {
  const answers = await Promise.all(items.map(async (item) => (await item.available?.()) ?? true));
  return items.filter((item, index) => {
    if (answers[index] !== true) note(`${nameOf(item)} is left out: ${answers[index]}`);
    return answers[index] === true;
  });
}

/**
 * Runs ours and all of theirs by turns, so that what else the machine does meanwhile falls on everybody.
 *
 * @param {Measurement} measurement
 * @param {readonly Peer[]} peers
 * @param {unknown} context
 * @param {number} runs
 */
async function alternate({ ours }, peers, context, runs) {
  /** @type {Run[]} */
  const oursRuns = [];
  /** @type {Run[][]} */
  const theirRuns = peers.map(() => []);
  for (let run = 0; run < runs; run += 1) {
    oursRuns.push(await ours(context));
    for (const [index, peer] of peers.entries()) theirRuns[index]?.push(await peer.run(context));
  }
  return { ours: medians(oursRuns), theirs: theirRuns.map(medians) };
}

/** @param {readonly Run[]} runs */
const medians = (runs) => ({
  value: median(runs.map(({ value }) => value)),
  times: { wallMs: median(runs.map(({ wallMs }) => wallMs)), cpuMs: median(runs.map(({ cpuMs }) => cpuMs)) },
});

/**
 * What one row says.
 *
 * @param {{ package: string, bench: string, runs: number }} place
 * @param {Measurement} measurement
 * @param {ReturnType<typeof medians>} ours
 * @param {Peer | undefined} peer named even if it could not run here
 * @param {ReturnType<typeof medians> | undefined} theirs
 * @returns {Result}
 */
function resultOf(place, measurement, ours, peer, theirs) {
  const { metric, unit, better } = measurement;
  const target = peer?.target === undefined ? measurement.target : peer.target;
  const ratio =
    theirs === undefined ? null : better === 'higher' ? ours.value / theirs.value : theirs.value / ours.value;
  const met = ratio === null || target === null ? null : ratio >= target;
  const values = { ours: ours.value, theirs: theirs?.value ?? null, ratio, target, met };
  return {
    row: { bench: place.package, name: place.bench, metric, ...values },
    unit,
    better,
    peer: peer?.name ?? null,
    runs: place.runs,
    times: { ours: ours.times, theirs: theirs?.times ?? null },
  };
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
  const measurements = await availableOf(bench.measurements, ({ metric }) => metric, say);
  if (measurements.length === 0) return 0;
  /** Those of one name are one, and are asked once. */
  const known = new Map(measurements.flatMap(({ theirs = [] }) => theirs).map((peer) => [peer.name, peer]));
  const names = new Set((await availableOf([...known.values()], ({ name }) => name, say)).map(({ name }) => name));
  say('prepares its data');
  const context = await bench.prepare({ cache, quick, peer: names.size > 0 });
  let failed = 0;
  for (const measurement of measurements) {
    say(`${measurement.metric}, ${runs} ${runs === 1 ? 'run' : 'runs'}`);
    const all = [measurement.theirs ?? []].flat();
    const here = all.filter(({ name }) => names.has(name));
    try {
      const { ours, theirs } = await alternate(measurement, here, context, runs);
      const place = { package: packageName, bench: bench.name, runs };
      for (const peer of all.length === 0 ? [undefined] : all) {
        onResult(resultOf(place, measurement, ours, peer, peer && theirs[here.indexOf(peer)]));
      }
    } catch (error) {
      failed += 1;
      say(`${measurement.metric} failed: ${error instanceof Error ? error.stack : error}`);
    }
  }
  await bench.cleanup?.(context);
  return failed;
}
