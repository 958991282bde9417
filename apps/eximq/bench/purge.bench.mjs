import { execFile } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { hasExim } from '../../../tools/generate/exim-spool.mjs';
import { cpuTime, QueuePlace, wallTime } from './support/queue-place.mjs';

/** @typedef {import('../../../tools/bench/types.d.ts').Run} Run */

const run = promisify(execFile);

const theirs = 'exiqgrep -C "$1" -z -i | xargs exim4 -C "$1" -Mrm';

/**
 * Every run finds the same queue: hard links of its files are kept beside it, and those that the run before removed are put
 * back. Removing takes a name away and leaves the file as it is.
 *
 * @param {QueuePlace} place
 */
async function restored(place) {
  const kept = path.join(place.folder, 'kept');
  if (!existsSync(kept)) {
    const begun = `${kept}.begun`;
    rmSync(begun, { recursive: true, force: true });
    await run('cp', ['-al', place.spool, begun]);
    renameSync(begun, kept);
  }
  await run('cp', ['-aln', `${kept}/.`, place.spool]);
  const { stdout } = await run('exiqgrep', ['-C', place.config, '-z', '-c']);
  if (!/^[1-9]\d* matches/.test(stdout)) throw new Error(`nothing is frozen: ${stdout}`);
  await run('sync');
}

/**
 * @param {QueuePlace} place
 * @param {(argv: readonly string[]) => Promise<Run>} measure
 * @param {readonly string[]} argv
 */
async function purge(place, measure, argv) {
  await restored(place);
  const result = await measure(argv);
  const { stdout } = await run('exiqgrep', ['-C', place.config, '-z', '-c']);
  if (!stdout.startsWith('0 matches')) throw new Error(`not all were removed: ${stdout}`);
  return result;
}

const peer = { name: 'exiqgrep -z -i | xargs exim -Mrm', available: hasExim };

/** @type {import('../../../tools/bench/types.d.ts').Bench<QueuePlace>} */
export default {
  name: 'purge',
  prepare: ({ cache, quick }) => QueuePlace.make(cache, quick ? 2000 : 100_000),
  measurements: /** @type {const} */ ([
    ['CPU', cpuTime, 1 / 0.6],
    ['wall', wallTime, 1 / 0.4],
  ]).map(([what, measure, target]) => ({
    metric: `purge of the 15 % frozen, ${what} time`,
    unit: 'ms',
    better: 'lower',
    target,
    available: hasExim,
    ours: (place) => purge(place, measure, place.eximq('rm', '--frozen', '--yes', '--quiet')),
    theirs: { ...peer, run: (place) => purge(place, measure, ['sh', '-c', theirs, 'sh', place.config]) },
  })),
  cleanup: restored,
};
