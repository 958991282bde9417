import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { gitRepository } from '../../../tools/generate/git-repository.mjs';
import { Workplace, wallTime } from './support/run-program.mjs';

const run = promisify(execFile);

/** What the program asks Git for, as a person would have to ask to have the same. */
const rawLog = (repository) => [
  ...[
    'git',
    '-C',
    repository,
    'log',
    '-z',
    '--encoding=UTF-8',
    '--no-color',
    '--no-decorate',
    '--no-notes',
    '--date=raw',
  ],
  '--format=%x01%H%x00%P%x00%an%x00%ae%x00%ad%x00%cn%x00%ce%x00%cd%x00%B%x00',
  '--branches',
  '--',
];

/** @type {import('../../../tools/bench/types.d.ts').Bench<Workplace>} */
export default {
  name: 'git-calendar',
  prepare: async ({ cache, quick }) => new Workplace(await gitRepository(cache, quick ? 5000 : 90_000)),
  measurements: [
    {
      metric: 'git → .ics, 90,000 commits, wall time of the program',
      unit: 'ms',
      better: 'lower',
      // At most 1.6 times as long.
      target: 1 / 1.6,
      ours: (place) => wallTime(place.command('git', place.repository)),
      theirs: {
        name: 'raw git log of the same format, to nowhere',
        available: async () =>
          run('git', ['--version']).then(
            () => true,
            () => 'git is missing: install the package git',
          ),
        run: (place) => wallTime(rawLog(place.repository)),
      },
    },
  ],
  cleanup: async (place) => place.close(),
};
