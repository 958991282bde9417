// Following a repository: how long a change of a branch takes to come out as a commit, and whether any is lost.
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gitCommits } from '@sluice/vcs-events';

const run = promisify(execFile);
const gapMs = 80;
const patienceMs = 10_000;
const env = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.org',
};

/** A repository that is followed, and what has come out of it. */
class Followed {
  #folder = mkdtempSync(path.join(tmpdir(), 'follow-'));
  #subscription;
  #made = 0;
  /** When each commit came, by id. @type {Map<string, number>} */
  came = new Map();
  #tree;

  constructor() {
    execFileSync('git', ['init', '-q', '--bare', '-b', 'main', this.#folder], { env });
    this.#tree = execFileSync('git', ['-C', this.#folder, 'mktree'], { env, input: '', encoding: 'utf8' }).trim();
    this.#subscription = gitCommits(this.#folder, { follow: true }).subscribe(({ id }) => {
      this.came.set(id, performance.now());
    });
  }

  /** @param {readonly string[]} args */
  async git(...args) {
    return (await run('git', ['-C', this.#folder, ...args], { env })).stdout.trim();
  }

  /**
   * A commit that no branch has yet.
   *
   * @param {string | undefined} parent
   */
  commit(parent) {
    this.#made += 1;
    const parents = parent === undefined ? [] : ['-p', parent];
    return this.git('commit-tree', ...parents, '-m', `commit ${this.#made}`, this.#tree);
  }

  /** @param {string} branch @param {string} id */
  move(branch, id) {
    return this.git('update-ref', `refs/heads/${branch}`, id);
  }

  /** Waits until a commit has come, or for ten seconds. @param {string} id */
  async until(id) {
    const endMs = performance.now() + patienceMs;
    while (!this.came.has(id) && performance.now() < endMs) await sleep(2);
  }

  close() {
    this.#subscription.unsubscribe();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/**
 * Delays from just before Git is asked to move the branch: the time that it takes itself is part of them.
 *
 * @param {boolean} quick
 */
async function delays(quick) {
  const followed = new Followed();
  /** @type {string | undefined} */
  let tip;
  /** @type {Map<string, number>} */
  const moved = new Map();
  for (let count = quick ? 5 : 60; count > 0; count -= 1) {
    tip = await followed.commit(tip);
    moved.set(tip, performance.now());
    await followed.move('main', tip);
    await sleep(gapMs);
  }
  await followed.until(tip ?? '');
  followed.close();
  return [...moved].map(([id, ms]) => (followed.came.get(id) ?? Number.POSITIVE_INFINITY) - ms).sort((a, b) => a - b);
}

/**
 * Commits as fast as they can be made, with all that happens to branches between them.
 *
 * @param {boolean} quick
 * @returns {Promise<number>} how many did not come
 */
async function lost(quick) {
  const followed = new Followed();
  const count = quick ? 60 : 1000;
  /** @type {string[]} */
  const line = [];
  /** @type {string[]} */
  const all = [];
  /** @param {string} branch */
  const grow = async (branch) => {
    const id = await followed.commit(line.at(-1));
    line.push(id);
    all.push(id);
    await followed.move(branch, id);
  };
  /** Only what a branch has had for a while can be seen; so nothing is taken back before it came. */
  const settle = () => followed.until(line.at(-1) ?? '');
  let branch = 'main';
  for (let made = 0; made < count; made = all.length) {
    await grow(branch);
    const part = Math.floor((made / count) * 20);
    if (part === Math.floor((all.length / count) * 20)) continue;
    if (part % 4 === 0) await followed.git('pack-refs', '--all');
    if (part % 4 === 1) {
      // An amend: the last commit is replaced.
      await settle();
      if (line.length > 1) line.pop();
    }
    if (part % 4 === 2) {
      // A forced push: back by some, and on from there.
      await settle();
      line.splice(-Math.min(10, line.length - 1));
    }
    if (part % 4 === 3) {
      branch = `feature/part-${part}`;
      line.splice(-Math.min(3, line.length - 1));
    }
  }
  await settle();
  await sleep(500);
  followed.close();
  return all.filter((id) => !followed.came.has(id)).length;
}

/**
 * @param {(quick: boolean) => Promise<number>} measured
 * @returns {(context: { quick: boolean }) => Promise<import('../../../tools/bench/types.d.ts').Run>}
 */
const timed =
  (measured) =>
  async ({ quick }) => {
    const [startMs, cpu] = [performance.now(), process.cpuUsage()];
    const value = await measured(quick);
    const { user, system } = process.cpuUsage(cpu);
    return { value, wallMs: performance.now() - startMs, cpuMs: (user + system) / 1000 };
  };

/** @param {number} part */
const quantile = (part) =>
  timed(async (quick) => {
    const sorted = await delays(quick);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  });

const rest = { better: /** @type {const} */ ('lower'), target: null };

/** @type {import('../../../tools/bench/types.d.ts').Bench<{ quick: boolean }>} */
export default {
  name: 'follow',
  prepare: async ({ quick }) => ({ quick }),
  measurements: [
    { metric: 'branch moved to commit emitted, p50', unit: 'ms', ours: quantile(0.5), ...rest },
    { metric: 'branch moved to commit emitted, p95', unit: 'ms', ours: quantile(0.95), ...rest },
    { metric: 'commits lost of 1,000, with packs, amends, forced pushes', unit: 'commits', ours: timed(lost), ...rest },
  ],
};
