import { largestMemory } from '../../../tools/bench/largest-memory.mjs';
import { hasExim, queueMs } from '../../../tools/generate/exim-spool.mjs';
import { cpuTime, QueuePlace, wallTime } from './support/queue-place.mjs';

/** @typedef {import('../../../tools/bench/types.d.ts').Measurement<QueuePlace>} Measurement */

const frozen = (/** @type {QueuePlace} */ place) => place.eximq('list', '--frozen', '--ids');
const fullList = (/** @type {QueuePlace} */ place) => place.eximq('list', '--exim');
const summary = (/** @type {QueuePlace} */ place) => place.eximq('summary');
const old = (/** @type {QueuePlace} */ place) => place.eximq('list', '--ids', '--older', `${oldSeconds()}s`);

/** The queue of four days stands still while the clock goes on: an age that a twentieth of it exceeds. */
const oldSeconds = () => Math.floor((Date.now() - queueMs) / 1000 + 3.8 * 86_400);

const exiqgrepFrozen = { name: 'exiqgrep -z -i', available: hasExim };
const exipickFrozen = { name: 'exipick -z -i', available: hasExim, target: null };
const eximList = { name: 'exim -bp', available: hasExim };

/** @type {readonly Measurement[]} */
const measurements = [
  {
    metric: 'ids of the frozen, CPU time',
    unit: 'ms',
    better: 'lower',
    target: 1 / 0.35,
    ours: (place) => cpuTime(frozen(place)),
    theirs: [
      { ...exiqgrepFrozen, run: (place) => cpuTime(place.exiqgrep('-z', '-i')) },
      { ...exipickFrozen, run: (place) => cpuTime(['exipick', '--spool', place.spool, '-z', '-i']) },
    ],
  },
  {
    metric: 'ids of the frozen, wall time',
    unit: 'ms',
    better: 'lower',
    target: null,
    ours: (place) => wallTime(frozen(place)),
    theirs: { ...exiqgrepFrozen, run: (place) => wallTime(place.exiqgrep('-z', '-i')) },
  },
  {
    metric: 'full list, CPU time',
    unit: 'ms',
    better: 'lower',
    target: 1 / 0.8,
    ours: (place) => cpuTime(fullList(place)),
    theirs: { ...eximList, run: (place) => cpuTime(place.exim('-bp')) },
  },
  {
    metric: 'full list, wall time',
    unit: 'ms',
    better: 'lower',
    target: null,
    ours: (place) => wallTime(fullList(place)),
    theirs: { ...eximList, run: (place) => wallTime(place.exim('-bp')) },
  },
  {
    metric: 'full list, largest memory (at most 150)',
    unit: 'MB',
    better: 'lower',
    target: null,
    ours: (place) => largestMemory(fullList(place)),
    theirs: {
      name: 'exiqgrep -z -i',
      available: hasExim,
      run: (place) => largestMemory(place.exiqgrep('-z', '-i')),
    },
  },
  {
    metric: 'ids of those that waited long (some 5 %), CPU time',
    unit: 'ms',
    better: 'lower',
    target: 1 / 0.15,
    ours: (place) => cpuTime(old(place)),
    theirs: {
      name: 'exiqgrep -o -i',
      available: hasExim,
      run: (place) => cpuTime(place.exiqgrep('-i', '-o', String(oldSeconds()))),
    },
  },
  {
    metric: 'summary, CPU time',
    unit: 'ms',
    better: 'lower',
    target: 1 / 0.45,
    ours: (place) => cpuTime(summary(place)),
    theirs: {
      name: 'exim -bp | exiqsumm',
      available: hasExim,
      run: (place) => cpuTime(['sh', '-c', 'exim4 -C "$1" -bp | exiqsumm', 'sh', place.config]),
    },
  },
  {
    metric: 'count, CPU time',
    unit: 'ms',
    better: 'lower',
    target: 1 / 3,
    ours: (place) => cpuTime(place.eximq('count')),
    theirs: { name: 'exim -bpc', available: hasExim, run: (place) => cpuTime(place.exim('-bpc')) },
  },
];

/** @type {import('../../../tools/bench/types.d.ts').Bench<QueuePlace>} */
export default {
  name: 'list-100000',
  prepare: ({ cache, quick }) => QueuePlace.make(cache, quick ? 2000 : 100_000),
  measurements: measurements.map((measurement) => ({ ...measurement, available: hasExim })),
};
