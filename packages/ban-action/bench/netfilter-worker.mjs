// Runs in a network namespace of the bench's own: bans through `applyBans(netfilter())`, told over IPC how many.
import { applyBans, netfilter } from '@sluice/ban-action';
import { Subject } from 'rxjs';
import { median } from '../../../tools/bench/median.mjs';
import { serve } from '../../../tools/bench/serve-worker.mjs';
import { makeBans, unbansOf } from './bans.mjs';

const banTimeMs = 600_000;
const events = new Subject();
const backend = netfilter({ table: 'ours' });
let left = 0;
let done = () => {};

events.pipe(applyBans(backend)).subscribe(({ ok, error }) => {
  if (!ok) throw error;
  left -= 1;
  if (left === 0) done();
});

/** Gives all at once to the sink and waits for the last outcome. */
const apply = (batch) =>
  new Promise((resolve) => {
    left = batch.length;
    done = resolve;
    for (const event of batch) events.next(event);
  });

/** Times work as it is done by a process that goes on: with the garbage that is collected meanwhile. */
async function timed(work) {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wallMs: performance.now() - startedMs, cpuMs: (user + system) / 1000 };
}

const work = {
  /** Waits until the table is open. */
  async ready() {
    await apply(makeBans(1, banTimeMs));
    await apply(unbansOf(makeBans(1, banTimeMs)));
    return backend.capabilities;
  },
  /** Bans so many at once, several times, each into a set that is empty again. */
  async bulk({ count, times }) {
    const runs = [];
    for (let n = 0; n < times; n += 1) {
      const bans = makeBans(count, banTimeMs);
      runs.push(await timed(() => apply(bans)));
      await apply(unbansOf(bans));
    }
    return { wallMs: median(runs.map(({ wallMs }) => wallMs)), cpuMs: median(runs.map(({ cpuMs }) => cpuMs)) };
  },
  /** Bans one after the other, and gives the median. */
  async single({ times }) {
    const bans = makeBans(times, banTimeMs);
    const wallMs = [];
    const { cpuMs } = await timed(async () => {
      for (const ban of bans) {
        const startedMs = performance.now();
        await apply([ban]);
        wallMs.push(performance.now() - startedMs);
      }
    });
    await apply(unbansOf(bans));
    return { wallMs: median(wallMs), cpuMs: cpuMs / times };
  },
  /** Makes exactly so many stand: a restart. */
  async restore({ count }) {
    const bans = makeBans(count, banTimeMs);
    const run = await timed(() => backend.reconcile(bans));
    await backend.reconcile([]);
    return run;
  },
};

serve(work);
