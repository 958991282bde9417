// How long an appended line takes to come out, of a file that was idle and of one that is busy, against tail -F.
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { followFiles } from '@sluice/log-source';

/** Longer than a file stays hot. */
const idleGapMs = 400;
const busyGapMs = 7;

/**
 * Starts something that hands out what is appended to a file.
 *
 * @typedef {(file: string, next: (bytes: Uint8Array) => void) => () => void} Tailer
 */

/** @type {Tailer} */
const ours = (file, next) => {
  const subscription = followFiles(file).subscribe(({ bytes }) => next(bytes));
  return () => subscription.unsubscribe();
};

/** @type {Tailer} */
const tail = (file, next) => {
  const child = spawn('tail', ['-n', '0', '-F', file], { stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.on('data', next);
  return () => void child.kill();
};

/**
 * Appends lines one at a time; each says when it was written.
 *
 * @param {Tailer} start
 * @param {{ gapMs: number, count: number, quantile: number }} how
 * @returns {Promise<import('../../../tools/bench/types.d.ts').Run>} value: the quantile of the delays, ms
 */
async function delayOf(start, { gapMs, count, quantile }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'append-latency-'));
  const file = path.join(folder, 'a.log');
  writeFileSync(file, '');
  /** @type {number[]} */
  const delays = [];
  const stop = start(file, (bytes) => {
    const nowMs = performance.now();
    const lines = Buffer.from(bytes).toString('latin1').trim().split('\n');
    for (const line of lines) delays.push(nowMs - Number(line));
  });
  await sleep(idleGapMs * 2);
  const cpu = process.cpuUsage();
  const startMs = performance.now();
  for (let written = 0; written < count; written += 1) {
    appendFileSync(file, `${performance.now()}\n`);
    await sleep(gapMs);
  }
  await sleep(idleGapMs);
  stop();
  rmSync(folder, { recursive: true });
  const { user, system } = process.cpuUsage(cpu);
  if (delays.length !== count) throw new Error(`${delays.length} of ${count} lines came out`);
  delays.sort((a, b) => a - b);
  const value = delays[Math.min(count - 1, Math.floor(count * quantile))] ?? 0;
  return { value, wallMs: performance.now() - startMs, cpuMs: (user + system) / 1000 };
}

/**
 * @param {string} metric
 * @param {{ gapMs: number, quantile: number, count: (quick: boolean) => number }} how
 * @returns {import('../../../tools/bench/types.d.ts').Measurement<{ quick: boolean }>}
 */
const measurement = (metric, { gapMs, quantile, count }) => ({
  metric,
  unit: 'ms',
  better: 'lower',
  target: null,
  ours: ({ quick }) => delayOf(ours, { gapMs, quantile, count: count(quick) }),
  theirs: {
    name: 'tail -F',
    available: async () => {
      try {
        execFileSync('tail', ['--version'], { stdio: 'ignore' });
        return true;
      } catch {
        return 'GNU tail is missing; install the package coreutils';
      }
    },
    run: ({ quick }) => delayOf(tail, { gapMs, quantile, count: count(quick) }),
  },
});

/** @param {boolean} quick */
const few = (quick) => (quick ? 3 : 10);
/** @param {boolean} quick */
const many = (quick) => (quick ? 50 : 300);

/** @type {import('../../../tools/bench/types.d.ts').Bench<{ quick: boolean }>} */
export default {
  name: 'append-latency',
  prepare: async ({ quick }) => ({ quick }),
  measurements: [
    measurement('idle file, append to emit, median', { gapMs: idleGapMs, quantile: 0.5, count: few }),
    measurement('idle file, append to emit, longest', { gapMs: idleGapMs, quantile: 1, count: few }),
    measurement('busy file, append to emit, p50', { gapMs: busyGapMs, quantile: 0.5, count: many }),
    measurement('busy file, append to emit, p99', { gapMs: busyGapMs, quantile: 0.99, count: many }),
  ],
};
