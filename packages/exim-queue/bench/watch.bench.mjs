// One change of a long queue: what it costs who watches, and what it costs who asks Exim for the whole list again.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openQueue } from '@sluice/exim-queue';
import { largestMemory } from '../../../tools/bench/largest-memory.mjs';
import { measureCommand } from '../../../tools/bench/measure.mjs';
import { eximSpool, hasExim } from '../../../tools/generate/exim-spool.mjs';

const run = promisify(execFile);
const memory = fileURLToPath(new URL('watch-memory.mjs', import.meta.url));
const writer = fileURLToPath(new URL('freeze-by-turns.mjs', import.meta.url));
const changes = 50;
const pauseMs = 20;

/** A queue that is watched. */
class Watched {
  /** What came, by kind. @type {Map<string, number>} */
  seen = new Map();

  /** @param {Awaited<ReturnType<typeof eximSpool>>} made */
  constructor({ spool, config }) {
    this.spool = spool;
    this.config = config;
  }

  async begin() {
    const queue = openQueue({ spool: this.spool });
    /** @type {string[]} */
    this.files = [];
    for await (const files of headerFiles(queue)) this.files.push(files);
    /** @type {Promise<void>} */
    const ready = new Promise((resolve, reject) => {
      this.subscription = queue.watch({ initial: false, reconcileMs: 600_000 }).subscribe({
        next: ({ kind }) => {
          this.seen.set(kind, (this.seen.get(kind) ?? 0) + 1);
          if (kind === 'ready') resolve();
        },
        error: reject,
      });
    });
    await ready;
    return this;
  }

  /** CPU time of this process for one change, while another process makes many, one after the other. */
  async oneChange() {
    const before = this.#came();
    const child = run(process.execPath, [writer, String(pauseMs), ...this.files]);
    // What it takes to start the child is not the watcher's.
    await sleep(pauseMs);
    const started = performance.now();
    const used = process.cpuUsage();
    await child;
    while (this.#came() < before + changes) await sleep(1);
    const { user, system } = process.cpuUsage(used);
    const cpuMs = (user + system) / 1000 / changes;
    return { value: cpuMs, wallMs: (performance.now() - started) / changes, cpuMs };
  }

  #came() {
    return (this.seen.get('frozen') ?? 0) + (this.seen.get('thawed') ?? 0);
  }

  close() {
    this.subscription?.unsubscribe();
  }
}

/** Paths of as many -H as are to be changed, of messages that are all alike: not frozen. @param {import('@sluice/exim-queue').EximQueue} queue */
async function* headerFiles(queue) {
  const { entryBatches, locateQueue } = await import('@sluice/exim-queue/batches');
  const place = await locateQueue(queue.options);
  let found = 0;
  for await (const batch of entryBatches(place, { where: { frozen: false }, order: 'none', fields: [] })) {
    for (const { id } of batch) {
      if (found === changes) return;
      found += 1;
      yield path.join(place.spoolDirectory, 'input', id.charAt(5), `${id}-H`);
    }
  }
}

/** @type {import('../../../tools/bench/types.d.ts').Bench<Watched>} */
export default {
  name: 'watch-100000',
  prepare: async ({ cache, quick }) => new Watched(await eximSpool(cache, quick ? 6000 : 100_000)).begin(),
  measurements: [
    {
      metric: 'one change of a watched queue, CPU time',
      unit: 'ms',
      better: 'lower',
      target: 200,
      available: hasExim,
      ours: (watched) => watched.oneChange(),
      theirs: {
        name: 'one poll by exim -bp',
        available: hasExim,
        run: async ({ config }) => {
          const { wallMs, cpuMs } = await measureCommand(['exim4', '-C', config, '-bp'], 1);
          return { value: cpuMs, wallMs, cpuMs };
        },
      },
    },
    {
      metric: 'a queue that is watched, largest memory (at most 150)',
      unit: 'MB',
      better: 'lower',
      target: null,
      available: hasExim,
      ours: async ({ spool }) => {
        const started = performance.now();
        const { stdout } = await run(process.execPath, [memory, spool]);
        return { value: Number(stdout), wallMs: performance.now() - started, cpuMs: 0 };
      },
      theirs: {
        name: 'exiqgrep -z -i, once',
        available: hasExim,
        run: ({ config }) => largestMemory(['exiqgrep', '-C', config, '-z', '-i']),
      },
    },
  ],
  cleanup: async (watched) => watched.close(),
};
