// A long history out of Git: against Git itself, which writes the same text to nowhere.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { gitCommits } from '@sluice/vcs-events';
import { measure, measureCommand } from '../../../tools/bench/measure.mjs';
import { gitRepository } from '../../../tools/generate/git-repository.mjs';

const format = '%x01%H%x00%P%x00%an%x00%ae%x00%ad%x00%cn%x00%ce%x00%cd%x00%B%x00';
const plain = ['--encoding=UTF-8', '--no-color', '--no-decorate', '--no-ext-diff', '--no-textconv', '--no-notes'];

/** @typedef {{ folder: string, commits: number, few: string }} Context */
/** @typedef {import('@sluice/vcs-events').GitOptions} GitOptions */
/** @typedef {import('../../../tools/bench/types.d.ts').Run} Run */

/**
 * The time on the clock is what is compared: Git and we work at once.
 *
 * @param {Promise<Run>} run
 * @returns {Promise<Run>}
 */
const clocked = async (run) => {
  const { wallMs, cpuMs } = await run;
  return { value: wallMs, wallMs, cpuMs };
};

/**
 * Reads all and looks at each field.
 *
 * @param {Context} context
 * @param {GitOptions} options
 * @param {number} expected
 */
const ours = ({ folder }, options, expected) =>
  clocked(
    measure(
      () =>
        new Promise((resolve, reject) => {
          let commits = 0;
          let chars = 0;
          gitCommits(folder, options).subscribe({
            next: ({ id, parents, author, committer, message, files }) => {
              commits += 1;
              chars += id.length + parents.length + message.length + (files?.length ?? 0);
              for (const { name, email, timeMs = 0, tzMinutes = 0 } of [author, committer]) {
                chars += name.length + email.length + (timeMs % 2) + tzMinutes;
              }
            },
            error: reject,
            complete: () =>
              commits === expected && chars > 0
                ? resolve(chars)
                : reject(new Error(`${commits} of ${expected} commits came`)),
          });
        }),
      expected,
    ),
  );

/** @param {string} folder @param {readonly string[]} args */
const log = (folder, args) =>
  clocked(measureCommand(['git', '-C', folder, 'log', '-z', ...plain, '--date=raw', `--format=${format}`, ...args], 1));

const git = {
  name: 'git log of the same format to /dev/null',
  available: async () => {
    try {
      execFileSync('git', ['--version'], { stdio: 'ignore' });
      return /** @type {const} */ (true);
    } catch {
      return 'git is missing; install the package git';
    }
  },
};

/** @type {import('../../../tools/bench/types.d.ts').Bench<Context>} */
export default {
  name: 'git',
  async prepare({ cache, quick }) {
    const folder = await gitRepository(cache, quick ? 2000 : 90_000);
    const count = execFileSync('git', ['-C', folder, 'rev-list', '--count', 'main'], { encoding: 'utf8' });
    return { folder, commits: Number(count), few: quick ? 'main~100..main' : 'main~3000..main' };
  },
  measurements: [
    {
      metric: 'whole history to Observable, oldest first',
      unit: 'ms',
      better: 'lower',
      target: 1 / 1.3,
      ours: (context) => ours(context, {}, context.commits),
      theirs: { ...git, run: ({ folder }) => log(folder, ['--reverse', 'main', '--']) },
    },
    {
      metric: 'whole history to Observable, newest first',
      unit: 'ms',
      better: 'lower',
      target: 1 / 1.3,
      ours: (context) => ours(context, { order: 'newest-first' }, context.commits),
      theirs: { ...git, run: ({ folder }) => log(folder, ['main', '--']) },
    },
    {
      metric: 'the last of it with numbers of lines',
      unit: 'ms',
      better: 'lower',
      target: 1 / 1.3,
      ours: (context) => {
        const options = { revisions: [context.few], lines: true };
        const args = ['-C', context.folder, 'rev-list', '--count', context.few];
        return ours(context, options, Number(execFileSync('git', args, { encoding: 'utf8' })));
      },
      theirs: { ...git, run: ({ folder, few }) => log(folder, ['--numstat', '--reverse', few, '--']) },
    },
    {
      metric: 'whole history, largest memory',
      unit: 'MiB',
      better: 'lower',
      target: null,
      ours: async ({ folder }) => {
        const program = path.join(import.meta.dirname, 'git-memory.mjs');
        const { output, wallMs, cpuMs } = await measureCommand([process.execPath, program, folder], 1, {
          keepOutput: true,
        });
        return { value: Number(output), wallMs, cpuMs };
      },
    },
  ],
};
