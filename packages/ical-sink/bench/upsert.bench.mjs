// Changing 1,500 of 98,000 events in a calendar file: time until it is on the disk, and against a program that reads the
// whole calendar, changes it and writes it, as one does with a library.
import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { CalendarFile } from '@sluice/ical-sink';
import { measure, measureCommand } from '../../../tools/bench/measure.mjs';
import { makeCommits } from './commits.mjs';

const run = promisify(execFile);
// The system's Python: the one that Debian's packages are installed for.
const python = '/usr/bin/python3';
const script = fileURLToPath(new URL('icalendar-upsert.py', import.meta.url));
const changedShare = 1500 / 98_000;
/** Of the events; the library takes a minute for all of them. */
const peerShare = 1 / 10;

/** @typedef {{ folder: string, calendar: string, small: string, smallCount: number, commits: import('@sluice/pipeline').Activity[], round: number }} Context */

/**
 * @param {string} file
 * @param {readonly import('@sluice/pipeline').Activity[]} activities
 * @param {'replace' | 'upsert'} mode
 */
async function write(file, activities, mode) {
  const calendar = new CalendarFile(file, { mode });
  await calendar.write(activities);
  return calendar.close();
}

/**
 * Commits that are changed, spread over all of them.
 *
 * @param {Context} context
 */
function changesOf(context) {
  const { commits } = context;
  context.round += 1;
  const step = Math.round(1 / changedShare);
  return commits
    .filter((_, n) => n % step === 0)
    .map((commit) => ({ ...commit, title: `${commit.title} (${context.round})` }));
}

/** @param {Context} context */
async function upsert(context) {
  const file = path.join(context.folder, 'ours.ics');
  if (!existsSync(file)) copyFileSync(context.calendar, file);
  const changes = changesOf(context);
  return measure(async () => {
    const { replaced } = await write(file, changes, 'upsert');
    if (replaced !== changes.length) throw new Error(`${replaced} of ${changes.length} events were replaced`);
  }, context.commits.length);
}

/** @type {import('../../../tools/bench/types.d.ts').Bench<Context>} */
export default {
  name: 'upsert',
  async prepare({ cache, quick }) {
    const count = quick ? 4900 : 98_000;
    const smallCount = Math.round(count * peerShare);
    const commits = makeCommits(count);
    const calendar = path.join(cache, `ical-sink-calendar-${count}.ics`);
    const small = path.join(cache, `ical-sink-calendar-${smallCount}.ics`);
    await write(calendar, commits, 'replace');
    await write(small, commits.slice(0, smallCount), 'replace');
    const folder = mkdtempSync(path.join(tmpdir(), 'ical-sink-upsert-'));
    return { folder, calendar, small, smallCount, commits, round: 0 };
  },
  measurements: [
    {
      metric: 'until 1,500 changes in 98,000 events are on the disk',
      unit: 's',
      better: 'lower',
      target: null,
      ours: async (context) => {
        const result = await upsert(context);
        return { ...result, value: result.wallMs / 1000 };
      },
    },
    {
      metric: 'events in the file per CPU second',
      unit: 'events/s',
      better: 'higher',
      target: 30,
      ours: upsert,
      theirs: {
        name: 'python-icalendar, read and written whole',
        available: async () =>
          run(python, ['-c', 'import icalendar']).then(
            () => true,
            () => 'it is not installed; install the package python3-icalendar',
          ),
        run: async (context) => {
          const changes = changesOf(context).slice(0, Math.round(context.smallCount * changedShare));
          const json = path.join(context.folder, 'changes.json');
          writeFileSync(json, JSON.stringify(changes.map(({ uid, title }) => ({ uid, title }))));
          const file = path.join(context.folder, 'theirs.ics');
          copyFileSync(context.small, file);
          return measureCommand([python, script, file, json], context.smallCount);
        },
      },
    },
  ],
  cleanup: async ({ folder }) => rmSync(folder, { recursive: true }),
};
