import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { measureCommand } from '../../../tools/bench/measure.mjs';
import { median } from '../../../tools/bench/median.mjs';
import { Namespace, nftAvailable } from '../../../tools/bench/namespace.mjs';
import { NamespaceWorker } from '../../../tools/bench/namespace-worker.mjs';
import { addressOf } from './bans.mjs';

const perSecond = (count, { wallMs, cpuMs }) => ({ value: (count / cpuMs) * 1000, wallMs, cpuMs });

/** One batch by `nft -f`, into a set that is empty. */
async function nftBatch({ space, cache, times }, count) {
  const file = path.join(cache, `ban-action-nft-${count}.nft`);
  const elements = Array.from({ length: count }, (_, n) => `${addressOf(n)} timeout 600s comment "sshd"`);
  writeFileSync(file, `add element inet theirs all4_32 { ${elements.join(', ')} }\n`);
  const runs = [];
  for (let n = 0; n < times; n += 1) {
    space.run('nft', 'flush', 'set', 'inet', 'theirs', 'all4_32');
    runs.push(await measureCommand(space.command('nft', '-f', file), count));
  }
  const wallMs = median(runs.map((run) => run.wallMs));
  return perSecond(count, { wallMs, cpuMs: median(runs.map(({ cpuMs }) => cpuMs)) });
}

/** As fail2ban does it: a shell and a process for each ban. */
async function shellEach({ space, times }) {
  space.run('nft', 'flush', 'set', 'inet', 'theirs', 'all4_32');
  const runs = [];
  for (let n = 0; n < times; n += 1) {
    const add = `nft add element inet theirs all4_32 \\{ ${addressOf(n)} timeout 600s \\}`;
    runs.push(await measureCommand(space.command('sh', '-c', add), 1));
  }
  const wallMs = median(runs.map((run) => run.wallMs));
  return { value: wallMs, wallMs, cpuMs: median(runs.map(({ cpuMs }) => cpuMs)) };
}

const rootOnly = async () =>
  process.getuid?.() === 0 ? nftAvailable() : 'a batch of this size needs root: its socket buffer is too small';

/** Bans at once, against one `nft -f` of the same batch. */
const bulk = (metric, countOf, target, available) => ({
  metric,
  unit: 'bans/s',
  better: 'higher',
  target,
  available: nftAvailable,
  ours: async (context) => {
    const count = countOf(context);
    return perSecond(count, await context.worker.ask('bulk', { count, times: context.times }));
  },
  theirs: { name: 'nft -f, one batch', available, run: (context) => nftBatch(context, countOf(context)) },
});

/** @type {import('../../../tools/bench/types.d.ts').Bench} */
export default {
  name: 'netfilter-bans',
  async prepare({ cache, quick }) {
    const space = await Namespace.open();
    space.run('nft', 'add table inet theirs; add set inet theirs all4_32 { type ipv4_addr; flags timeout; }');
    const worker = new NamespaceWorker(space, new URL('netfilter-worker.mjs', import.meta.url));
    await worker.ask('ready');
    const context = { space, worker, cache, many: quick ? 1000 : 10_000, most: quick ? 1000 : 100_000 };
    // What is compiled at its first use is no cost of a daemon that runs for weeks.
    await worker.ask('bulk', { count: context.many, times: quick ? 1 : 20 });
    return { ...context, times: quick ? 1 : 5 };
  },
  measurements: [
    {
      metric: 'one ban, milliseconds (p50)',
      unit: 'ms',
      better: 'lower',
      target: 100,
      available: nftAvailable,
      ours: async ({ worker, times }) => {
        const { wallMs, cpuMs } = await worker.ask('single', { times: 100 * times });
        return { value: wallMs, wallMs, cpuMs };
      },
      theirs: { name: 'sh -c nft add element', available: nftAvailable, run: shellEach },
    },
    bulk('100 bans at once, bans per CPU second', () => 100, 10, nftAvailable),
    bulk('10,000 bans at once, bans per CPU second', ({ many }) => many, 2.5, rootOnly),
    bulk('100,000 bans at once, bans per CPU second', ({ most }) => most, 2.5, rootOnly),
    {
      // In one transaction with all that stood before let in: dearer for the kernel than a thousand at a time, and no goal.
      metric: '100,000 bans restored, bans per CPU second',
      unit: 'bans/s',
      better: 'higher',
      target: null,
      available: nftAvailable,
      ours: async ({ worker, most }) => perSecond(most, await worker.ask('restore', { count: most })),
      theirs: {
        name: 'nft -f, one batch',
        available: rootOnly,
        run: (context) => nftBatch({ ...context, times: 1 }, context.most),
      },
    },
  ],
  async cleanup({ space, worker }) {
    await worker.close();
    await space.close();
  },
};
