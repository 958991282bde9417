import { nftAvailable } from '../../../tools/bench/namespace.mjs';
import { addressOf } from './bans.mjs';
import { openScene } from './scene.mjs';

const rootOnly = async () =>
  process.getuid?.() === 0 ? nftAvailable() : 'a batch of this size needs root: its socket buffer is too small';

/** So many networks that do not touch each other. */
const ranges = (count) => Array.from({ length: count }, (_, n) => `${addressOf(n * 2)}`).join(', ');

/** @type {import('../../../tools/bench/types.d.ts').Bench} */
export default {
  name: 'event-loop-stall',
  async prepare({ cache, quick }) {
    const scene = await openScene(cache);
    const count = quick ? 30_000 : 300_000;
    const file = scene.fileOf(`ranges-${count}`, `add element inet theirs ranges { ${ranges(count)} }\n`);
    await scene.worker.ask('single', { times: 200 });
    return { scene, file };
  },
  measurements: [
    {
      metric: 'longest stall of the event loop while nft commits 300,000 ranges, milliseconds (wanted: below 100)',
      unit: 'ms',
      better: 'lower',
      target: null,
      available: rootOnly,
      ours: ({ scene, file }) => scene.worker.ask('stallOurs', { file }),
      theirs: {
        name: 'a synchronous send',
        available: rootOnly,
        run: ({ scene, file }) => scene.worker.ask('stallSync', { file }),
      },
    },
  ],
  cleanup: ({ scene }) => scene.close(),
};
