// A long history out of Subversion: against Subversion itself, which writes the same text to nowhere.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { svnCommits } from '@sluice/vcs-events';
import { measure, measureCommand } from '../../../tools/bench/measure.mjs';
import { svnRepository } from '../../../tools/generate/svn-repository.mjs';

/** @typedef {{ folder: string, revisions: number }} Context */
/** @typedef {import('../../../tools/bench/types.d.ts').Run} Run */

/**
 * The time on the clock is what is compared: Subversion and we work at once.
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
 * @param {import('@sluice/vcs-events').SvnOptions} options
 */
const ours = ({ folder, revisions }, options) =>
  clocked(
    measure(
      () =>
        new Promise((resolve, reject) => {
          let commits = 0;
          let chars = 0;
          svnCommits(folder, options).subscribe({
            next: ({ id, author, message, files = [] }) => {
              commits += 1;
              chars += id.length + author.name.length + ((author.timeMs ?? 0) % 2) + message.length;
              for (const file of files) chars += file.path.length;
            },
            error: reject,
            complete: () =>
              commits === revisions && chars > 0
                ? resolve(chars)
                : reject(new Error(`${commits} of ${revisions} revisions came`)),
          });
        }),
      revisions,
    ),
  );

/** @param {string} folder @param {readonly string[]} args */
const log = (folder, args) => {
  const quiet = ['--non-interactive', '--no-auth-cache', '-r', '0:HEAD'];
  return clocked(measureCommand(['svn', 'log', '--xml', ...quiet, ...args, '--', pathToFileURL(folder).href], 1));
};

const svn = {
  name: 'svn log --xml to /dev/null',
  available: async () => {
    try {
      execFileSync('svn', ['--version', '-q'], { stdio: 'ignore' });
      return /** @type {const} */ (true);
    } catch {
      return 'svn is missing; install the package subversion';
    }
  },
};

/** @param {readonly string[]} args @returns {(context: Context) => Promise<Run>} */
const memory =
  (args) =>
  async ({ folder }) => {
    const argv = [process.execPath, path.join(import.meta.dirname, 'svn-memory.mjs'), folder, ...args];
    const { output, wallMs, cpuMs } = await measureCommand(argv, 1, { keepOutput: true });
    return { value: Number(output), wallMs, cpuMs };
  };

/** @type {import('../../../tools/bench/types.d.ts').Bench<Context>} */
export default {
  name: 'svn',
  async prepare({ cache, quick }) {
    const revisions = quick ? 5000 : 130_000;
    return { folder: await svnRepository(cache, revisions), revisions };
  },
  measurements: [
    {
      metric: 'whole history to Observable',
      unit: 'ms',
      better: 'lower',
      target: 1 / 1.8,
      available: svn.available,
      ours: (context) => ours(context, {}),
      theirs: { ...svn, run: ({ folder }) => log(folder, []) },
    },
    {
      metric: 'whole history to Observable, with paths',
      unit: 'ms',
      better: 'lower',
      target: 1 / 1.6,
      available: svn.available,
      ours: (context) => ours(context, { files: true }),
      theirs: { ...svn, name: 'svn log --xml -v to /dev/null', run: ({ folder }) => log(folder, ['-v']) },
    },
    {
      metric: 'whole history with paths, largest memory',
      unit: 'MiB',
      better: 'lower',
      target: null,
      available: svn.available,
      ours: memory(['files']),
    },
  ],
};
