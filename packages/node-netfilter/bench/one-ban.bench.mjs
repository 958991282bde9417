import { nftAvailable } from '../../../tools/bench/namespace.mjs';
import { elements } from './bans.mjs';
import { openScene } from './scene.mjs';

const perBan = ({ wallMs, cpuMs }) => ({ value: wallMs, wallMs, cpuMs });

/** A shell and an nft for each ban, into a set that holds so many. */
const shell = (name, set, target, heldOf) => ({
  name,
  available: nftAvailable,
  target,
  async run({ scene, times, ...context }) {
    const held = heldOf(context);
    // nft reads back what interval sets of the table hold, whichever set it adds to.
    const text = 'flush set inet theirs hash\nflush set inet theirs ranges\n';
    const more = held === 0 ? '' : `add element inet theirs ${set} { ${elements(held)} }\n`;
    await scene.worker.ask('load', { file: scene.fileOf(`${set}-${held}`, text + more) });
    return perBan(await scene.worker.ask('shellEach', { set, times }));
  },
});

/** One ban through `openBlocklist().apply`, awaited, where so many stand. */
const oneBan = (metric, heldOf, theirs) => ({
  metric,
  unit: 'ms',
  better: 'lower',
  target: null,
  available: nftAvailable,
  async ours({ scene, times, ...context }) {
    await scene.worker.ask('hold', { count: heldOf(context) });
    return perBan(await scene.worker.ask('single', { times: 100 * times }));
  },
  theirs,
});

const none = () => 0;
const many = ({ held }) => held;

/** @type {import('../../../tools/bench/types.d.ts').Bench} */
export default {
  name: 'one-ban',
  async prepare({ cache, quick }) {
    const scene = await openScene(cache);
    // What is compiled at its first use is no cost of a process that runs for weeks.
    await scene.worker.ask('single', { times: quick ? 100 : 2000 });
    return { scene, times: quick ? 2 : 10, held: quick ? 1000 : 10_000 };
  },
  measurements: [
    oneBan('one ban, nothing banned, milliseconds (p50)', none, [
      shell('sh -c nft add element, hash set', 'hash', 100, none),
    ]),
    oneBan('one ban, 10,000 banned, milliseconds (p50)', many, [
      shell('sh -c nft add element, hash set', 'hash', 100, many),
      shell('sh -c nft add element, flags interval', 'ranges', 1000, many),
    ]),
  ],
  cleanup: ({ scene }) => scene.close(),
};
