import { nftAvailable } from '../../../tools/bench/namespace.mjs';
import { elements } from './bans.mjs';
import { openScene } from './scene.mjs';

const perSecond = (count, { wallMs, cpuMs }) => ({ value: (count / cpuMs) * 1000, wallMs, cpuMs });

// A batch as large as these is more than an unprivileged process may send at once; our own goes in parts.
const rootOnly = async () =>
  process.getuid?.() === 0 ? nftAvailable() : 'a batch of this size needs root: its socket buffer is too small';

/** Bans at once by `openBlocklist().apply`, against one `nft -f` of the same batch. */
const bulk = (metric, countOf, target, available) => ({
  metric,
  unit: 'bans/s',
  better: 'higher',
  target,
  available: nftAvailable,
  async ours({ scene, ...context }) {
    const count = countOf(context);
    return perSecond(count, await scene.worker.ask('bulk', { count, batches: batchesOf(count) }));
  },
  theirs: {
    name: 'nft -f, one batch',
    available,
    async run({ scene, ...context }) {
      const count = countOf(context);
      const file = scene.fileOf(`bulk-${count}`, `add element inet theirs hash { ${elements(count)} }\n`);
      return perSecond(count, await scene.worker.ask('nftFile', { file, set: 'hash', batches: batchesOf(count) }));
    },
  },
});

/** Short work more often: a child's time is told in milliseconds. */
const batchesOf = (count) => (count <= 1000 ? 20 : count <= 10_000 ? 4 : 1);

/** @type {import('../../../tools/bench/types.d.ts').Bench} */
export default {
  name: 'many-bans',
  async prepare({ cache, quick }) {
    const scene = await openScene(cache);
    // What is compiled at its first use is no cost of a process that runs for weeks.
    await scene.worker.ask('bulk', { count: 1000, batches: quick ? 5 : 100 });
    await scene.worker.ask('bulk', { count: 100, batches: quick ? 5 : 1000 });
    return { scene, many: quick ? 2000 : 10_000, most: quick ? 5000 : 100_000 };
  },
  measurements: [
    bulk('100 bans at once, bans per CPU second', () => 100, 10, nftAvailable),
    bulk('10,000 bans at once, bans per CPU second', ({ many }) => many, 2.5, rootOnly),
    bulk('100,000 bans at once, bans per CPU second', ({ most }) => most, 2.5, rootOnly),
  ],
  cleanup: ({ scene }) => scene.close(),
};
