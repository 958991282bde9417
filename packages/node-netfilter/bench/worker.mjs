// Runs in a network namespace of the bench's own: the timed work on the kernel there, and on nft.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { koffiSockets, openBlocklist } from '@sluice/node-netfilter';
import { encodeBatch } from '@sluice/node-netfilter/messages';
import { measureCommand } from '../../../tools/bench/measure.mjs';
import { median } from '../../../tools/bench/median.mjs';
import { serve } from '../../../tools/bench/serve-worker.mjs';
import { addressOf, blocks } from './bans.mjs';

const netfilterProtocol = 12;
/** Where addresses begin that are banned one by one, beside those that are there already. */
const oneByOne = 1 << 20;
/** @type {import('@sluice/node-netfilter').Blocklist | undefined} */
let list;
let next = oneByOne;

/**
 * Times work as it comes, garbage included. `measure` of the other benches clears all garbage before: the same work was
 * then two to three times as dear, which a profile lays to V8 compiling anew. It was seen here, and the cause is a guess;
 * whoever compares these figures with those of other benches has to know it.
 */
async function measure(work) {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wallMs: performance.now() - startedMs, cpuMs: (user + system) / 1000 };
}

async function apply(ops) {
  const failed = (await list.apply(ops)).find(({ ok }) => !ok);
  if (failed !== undefined) throw failed.error;
}

const work = {
  async open() {
    list = await openBlocklist({ table: 'ours' });
    return list.capabilities;
  },

  /** Makes exactly so many stand. */
  async hold({ count, from = 0 }) {
    list ??= await openBlocklist({ table: 'ours' });
    const { failed } = await list.reconcile(blocks(count, from));
    if (failed.length > 0) throw failed[0].error;
  },

  /** Removes our table. */
  async delete() {
    await list.close({ onStop: 'delete' });
    list = undefined;
  },

  /** Bans one after the other: the median. */
  async single({ times }) {
    const wallMs = [];
    const ops = blocks(times, next);
    next += times;
    const { cpuMs } = await measure(async () => {
      for (const op of ops) {
        const startedMs = performance.now();
        await apply([op]);
        wallMs.push(performance.now() - startedMs);
      }
    });
    await apply(ops.map(({ network }) => ({ kind: 'unblock', network })));
    return { wallMs: median(wallMs), cpuMs: cpuMs / times };
  },

  /** Bans so many at once, several times: what one of the times takes. All of them are other addresses. */
  async bulk({ count, batches }) {
    const all = Array.from({ length: batches }, (_, n) => blocks(count, n * count));
    const { wallMs, cpuMs } = await measure(async () => {
      for (const ops of all) await apply(ops);
    });
    await list.reconcile([]);
    return { wallMs: wallMs / batches, cpuMs: cpuMs / batches };
  },

  /** Runs what a file says by nft, as root of the namespace. */
  load({ file }) {
    const { status, stderr } = spawnSync('nft', ['-f', file], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  },

  /** A shell and an nft for each ban, as fail2ban has it. */
  async shellEach({ set, times }) {
    const commandOf = () => `nft add element inet theirs ${set} \\{ ${addressOf(next++)} timeout 600s \\}`;
    const wallMs = [];
    for (let n = 0; n < times; n += 1) {
      const command = commandOf();
      const startedMs = performance.now();
      const { status, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
      wallMs.push(performance.now() - startedMs);
      if (status !== 0) throw new Error(stderr);
    }
    const { cpuMs } = await measureCommand(['sh', '-c', commandOf()], 1);
    return { wallMs: median(wallMs), cpuMs };
  },

  /** Runs a file by `nft -f`, several times, each time into a set that is empty: what one of the times takes. */
  async nftFile({ file, set, batches }) {
    let wallMs = 0;
    let cpuMs = 0;
    for (let n = 0; n < batches; n += 1) {
      spawnSync('nft', ['flush', 'set', 'inet', 'theirs', set]);
      const run = await measureCommand(['nft', '-f', file], 1);
      wallMs += run.wallMs;
      cpuMs += run.cpuMs;
    }
    return { wallMs: wallMs / batches, cpuMs: cpuMs / batches };
  },

  /** Bans again and again while another process commits a file: the longest time that nothing else was done. */
  stallOurs: ({ file }) => stalledBy(file, () => apply([blocks(1, next++)[0]])),

  /** The same with a `send` that is waited for where it is called. */
  async stallSync({ file }) {
    const socket = await koffiSockets().open(netfilterProtocol);
    const set = { family: 'inet', table: 'theirs', set: 'hash', key: ['ipv4_addr'], flags: ['timeout'] };
    const result = await stalledBy(file, async () => {
      const elements = [{ key: addressOf(next++), timeoutMs: 600_000 }];
      const { bytes } = encodeBatch([{ kind: 'add-elements', set, elements }], { firstSeq: 1, destroyElements: true });
      await socket.exchange(bytes, { isQuick: true });
    });
    socket.close();
    return result;
  },
};

async function stalledBy(file, ban) {
  spawnSync('nft', ['flush', 'set', 'inet', 'theirs', 'ranges']);
  const child = spawn('nft', ['-f', file], { stdio: ['ignore', 'ignore', 'inherit'] });
  const exit = once(child, 'exit');
  let isOver = false;
  exit.then(() => {
    isOver = true;
  });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  let bans = 0;
  const run = await measure(async () => {
    while (!isOver) {
      await ban();
      bans += 1;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  });
  delay.disable();
  const [code] = await exit;
  if (code !== 0) throw new Error(`nft ended with ${code}`);
  return { value: delay.max / 1e6, wallMs: run.wallMs, cpuMs: run.cpuMs, bans };
}

serve(work);
