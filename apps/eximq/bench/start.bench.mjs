import { hasExim } from '../../../tools/generate/exim-spool.mjs';
import { QueuePlace, wallTime } from './support/queue-place.mjs';

/** @type {import('../../../tools/bench/types.d.ts').Bench<QueuePlace>} */
export default {
  name: 'list-1000',
  prepare: ({ cache }) => QueuePlace.make(cache, 1000),
  measurements: [
    {
      metric: 'list of 1,000 messages as a command, wall time',
      unit: 'ms',
      better: 'lower',
      // Node.js alone takes most of what Perl and Exim take together: at most twice as long.
      target: 1 / 2,
      available: hasExim,
      ours: (place) => wallTime(place.eximq('list')),
      theirs: [
        { name: 'exiqgrep -z -i', available: hasExim, run: (place) => wallTime(place.exiqgrep('-z', '-i')) },
        {
          name: 'exipick -bp',
          available: hasExim,
          target: null,
          run: (place) => wallTime(['exipick', '--spool', place.spool, '-bp']),
        },
      ],
    },
  ],
};
