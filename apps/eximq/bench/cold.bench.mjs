import { ColdPlace, hasDisk } from './support/cold-place.mjs';
import { wallTime } from './support/queue-place.mjs';

/** @param {ColdPlace} place @param {readonly string[]} argv */
async function coldWallTime(place, argv) {
  await place.cold();
  return wallTime(argv);
}

/** @type {import('../../../tools/bench/types.d.ts').Bench<ColdPlace>} */
export default {
  name: 'cold-35000',
  prepare: ({ cache, quick }) => ColdPlace.make(cache, quick ? 2000 : 35_000),
  measurements: [
    {
      metric: 'full list from a disk that nothing is cached of, wall time',
      unit: 'ms',
      better: 'lower',
      target: 1 / 0.6,
      available: hasDisk,
      ours: (place) => coldWallTime(place, place.eximq('list', '--exim')),
      theirs: {
        name: 'exim -bpr',
        available: hasDisk,
        run: (place) => coldWallTime(place, place.exim('-bpr')),
      },
    },
  ],
  cleanup: (place) => place.out(),
};
