import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { netfilter } from '@sluice/ban-action';
import { cpuWithChildrenMs } from './child-cpu.mjs';
import { nftAvailable, openNamespace } from './namespace.mjs';

const table = 'sluice';
const set = 'all4_32';
const address = (n) => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;

const makeBans = (count) =>
  Array.from({ length: count }, (_, n) => {
    const id = address(n);
    const times = { timeMs: Date.now(), banTimeMs: 600_000, endMs: Date.now() + 600_000 };
    const details = { failures: 5, count: 1, restored: false, matches: [], groups: {} };
    return { kind: 'ban', jail: 'sshd', id, address: { text: id, family: 4 }, ...times, ...details };
  });

const run = (argv) => {
  const { status, stderr } = spawnSync(argv[0], argv.slice(1), { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${argv.join(' ')}: ${stderr}`);
};

/** Does `work` some times, each time into an empty set, and gives the mean of time and processor. */
async function repeat({ space }, times, work) {
  let wallMs = 0;
  let cpuMs = 0;
  for (let n = 0; n < times; n += 1) {
    run(space.command('nft', 'flush', 'set', 'inet', table, set));
    const [cpuBefore, wallBefore] = [cpuWithChildrenMs(), performance.now()];
    await work();
    wallMs += performance.now() - wallBefore;
    cpuMs += cpuWithChildrenMs() - cpuBefore;
  }
  return { wallMs: wallMs / times, cpuMs: cpuMs / times };
}

const ours = (context, bans) => async () => {
  const backend = netfilter({ command: context.space.command('nft'), table });
  const outcomes = await backend.apply(bans);
  const failed = outcomes.find(({ ok }) => !ok);
  if (failed !== undefined) throw failed.error;
};

/** As fail2ban does it: a shell and a process for each ban. */
const shellEach = (context, count) => async () => {
  for (let n = 0; n < count; n += 1)
    run(context.space.command('sh', '-c', `nft add element inet ${table} ${set} \\{ ${address(n)} timeout 600s \\}`));
};

const bansPerSecond = (count, { wallMs, cpuMs }) => ({ value: (count / wallMs) * 1000, wallMs, cpuMs });
const bansPerCpuSecond = (count, { wallMs, cpuMs }) => ({ value: (count / cpuMs) * 1000, wallMs, cpuMs });
const milliseconds = ({ wallMs, cpuMs }) => ({ value: wallMs, wallMs, cpuMs });

/** @type {import('../../../tools/bench/types.d.ts').Bench} */
export default {
  name: 'netfilter-bans',
  async prepare({ cache, quick }) {
    const space = await openNamespace();
    await netfilter({ command: space.command('nft'), table }).start();
    const many = quick ? 1000 : 10_000;
    const batch = path.join(cache, `ban-action-batch-${many}.nft`);
    const elements = Array.from({ length: many }, (_, n) => `${address(n)} timeout 600s`);
    writeFileSync(batch, `add element inet ${table} ${set} { ${elements.join(', ')} }\n`);
    return { space, batch, many, times: quick ? 1 : 10, bans: makeBans(many) };
  },
  measurements: [
    {
      metric: 'one ban, milliseconds',
      unit: 'ms',
      better: 'lower',
      target: 1,
      ours: async (context) =>
        milliseconds(await repeat(context, context.times, ours(context, context.bans.slice(0, 1)))),
      theirs: {
        name: 'sh -c nft add element',
        available: nftAvailable,
        run: async (context) => milliseconds(await repeat(context, context.times, shellEach(context, 1))),
      },
    },
    {
      metric: '100 bans at once, bans per second',
      unit: 'bans/s',
      better: 'higher',
      target: 10,
      ours: async (context) =>
        bansPerSecond(100, await repeat(context, context.times, ours(context, context.bans.slice(0, 100)))),
      theirs: {
        name: 'sh -c nft add element, 100 times',
        available: nftAvailable,
        run: async (context) => bansPerSecond(100, await repeat(context, 1, shellEach(context, 100))),
      },
    },
    {
      metric: '10,000 bans at once, bans per CPU second',
      unit: 'bans/s',
      better: 'higher',
      // This backend is `nft -f`: the ratio is what its checks, bookkeeping and outcomes cost, and no goal.
      target: null,
      ours: async (context) =>
        bansPerCpuSecond(context.many, await repeat(context, context.times, ours(context, context.bans))),
      theirs: {
        name: 'nft -f, one batch',
        available: async () =>
          process.getuid?.() === 0 ? nftAvailable() : 'a batch of this size needs root: its socket buffer is too small',
        run: async (context) => {
          const load = async () => run(context.space.command('nft', '-f', context.batch));
          return bansPerCpuSecond(context.many, await repeat(context, context.times, load));
        },
      },
    },
  ],
  cleanup: ({ space }) => space.close(),
};
