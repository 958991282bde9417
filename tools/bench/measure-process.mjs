import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { rateOf } from './rate-of.mjs';

/** @typedef {import('./types.d.ts').Run} Run */

setFlagsFromString('--expose-gc');
/** Clears what earlier runs left, so that no run pays for another's garbage. */
const collectGarbage = /** @type {() => void} */ (runInNewContext('gc'));

/**
 * Times work in this process: user and system time of all its threads.
 *
 * @param {() => unknown} fn does the work; waited for when it returns a promise
 * @param {number} work how much work that is: lines, bytes, bans
 * @returns {Promise<Run>} its value is `work` per CPU second
 */
export async function measureProcess(fn, work) {
  collectGarbage();
  const started = performance.now();
  const before = process.cpuUsage();
  await fn();
  const { user, system } = process.cpuUsage(before);
  return rateOf(work, performance.now() - started, (user + system) / 1000);
}
