import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { largestMemory } from '../../../tools/bench/largest-memory.mjs';
import { svnRepository } from '../../../tools/generate/svn-repository.mjs';
import { Workplace, wallTime } from './support/run-program.mjs';

const run = promisify(execFile);
const way = fileURLToPath(new URL('../testdata/svn2ical-way.py', import.meta.url));

const succeeds = (argv) =>
  run(argv[0], argv.slice(1)).then(
    () => true,
    () => false,
  );
const hasSubversion = async () =>
  (await succeeds(['svnadmin', '--version'])) || 'svn is missing: install the package subversion';
const hasLibrary = async () =>
  (await succeeds(['/usr/bin/python3', '-c', 'import icalendar'])) ||
  "Python's icalendar is missing: install the package python3-icalendar";

const urlOf = ({ repository }) => pathToFileURL(repository).href;
const ours = (place) => place.command('svn', urlOf(place));
const seedsWay = (place) => ['/usr/bin/python3', way, urlOf(place), path.join(place.folder, 'theirs.ics')];

/** @type {import('../../../tools/bench/types.d.ts').Bench<Workplace>} */
export default {
  name: 'svn-calendar',
  prepare: async ({ cache, quick }) => new Workplace(await svnRepository(cache, quick ? 5000 : 130_000)),
  measurements: [
    {
      metric: 'svn → .ics, 130,000 revisions, wall time of the program',
      unit: 'ms',
      better: 'lower',
      target: null,
      available: hasSubversion,
      ours: (place) => wallTime(ours(place)),
      theirs: [
        {
          name: 'raw svn log --xml, to nowhere',
          available: hasSubversion,
          // At most 1.8 times as long.
          target: 1 / 1.8,
          run: (place) => wallTime(['svn', 'log', '--xml', '--non-interactive', '-r0:HEAD', '--', urlOf(place)]),
        },
        {
          name: 'the way of svn2ical in Python 3',
          available: hasLibrary,
          target: 12,
          run: (place) => wallTime(seedsWay(place)),
        },
      ],
    },
    {
      metric: 'svn → .ics, 130,000 revisions, largest memory of a process',
      unit: 'MB',
      better: 'lower',
      target: 12,
      available: hasSubversion,
      ours: (place) => largestMemory(ours(place)),
      theirs: {
        name: 'the way of svn2ical in Python 3',
        available: hasLibrary,
        run: (place) => largestMemory(seedsWay(place)),
      },
    },
  ],
  cleanup: async (place) => place.close(),
};
