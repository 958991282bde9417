import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { CounterMetrics, ringRejects } from '@sluice/pipeline';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { metricNames } from '../metrics.ts';
import { calendarFaults } from '../testing/calendar-faults.ts';
import { commit, commits } from '../testing/commit.ts';
import { readEvents, uidsAndTitles } from '../testing/read-events.ts';
import { writeFile } from '../testing/write-file.ts';
import { CalendarFile } from './calendar-file.ts';

const temp = tempFolder();
const old = new Date('2020-01-01T00:00:00Z');

test('writes a new file, and says what it wrote', async () => {
  const result = await writeFile(temp('a.ics'), commits(0, 10));
  const bytes = readFileSync(temp('a.ics'));
  expect(calendarFaults(bytes)).toEqual([]);
  expect(result).toEqual({
    files: [{ path: temp('a.ics'), events: 10, bytes: bytes.length, changed: true }],
    ...{ added: 10, replaced: 0, removed: 0, kept: 0, rejected: 0 },
  });
  expect(readdirSync(temp())).toEqual(['a.ics']);
});

test('replaces all that was there', async () => {
  await writeFile(temp('a.ics'), commits(0, 10));
  await writeFile(temp('a.ics'), commits(20, 22));
  expect(uidsAndTitles(readFileSync(temp('a.ics')))).toEqual([
    'r20@repository r20 Fix\\; the\\, thing',
    'r21@repository r21 Fix\\; the\\, thing',
  ]);
});

test('does not touch a file that would stay the same', async () => {
  await writeFile(temp('a.ics'), commits(0, 300));
  utimesSync(temp('a.ics'), old, old);
  const { ino } = statSync(temp('a.ics'));
  const result = await writeFile(temp('a.ics'), commits(0, 300));
  expect(result).toMatchObject({ added: 0, kept: 300, files: [{ changed: false }] });
  expect(statSync(temp('a.ics'))).toMatchObject({ mtime: old, ino });
  expect(readdirSync(temp())).toEqual(['a.ics']);
});

test('writes an empty calendar for no activities', async () => {
  await writeFile(temp('a.ics'), []);
  expect(calendarFaults(readFileSync(temp('a.ics')))).toEqual([]);
});

test('rejects what cannot be written and what comes twice, and counts everything', async () => {
  const rejects = ringRejects(10);
  const metrics = new CounterMetrics();
  const given = [commit(1), commit(2, { startMs: -1e15 }), commit(1), commit(3, { removed: true })];
  const result = await writeFile(temp('a.ics'), given, { rejects, metrics });
  expect(result).toMatchObject({ added: 1, rejected: 2 });
  expect(rejects.last.map(({ code }) => code)).toEqual(['ERR_ICAL_SINK_DATE', 'ERR_ICAL_SINK_DUPLICATE']);
  expect(metrics.snapshot()).toEqual({
    [metricNames.taken]: 4,
    [metricNames.written]: 1,
    [metricNames.rejected]: 2,
    [metricNames.skipped]: 1,
    [metricNames.bytes]: statSync(temp('a.ics')).size,
  });
});

test('keeps the rights of the file', async () => {
  await writeFile(temp('a.ics'), commits(0, 1));
  chmodSync(temp('a.ics'), 0o640);
  await writeFile(temp('a.ics'), commits(0, 2));
  expect(statSync(temp('a.ics')).mode & 0o777).toBe(0o640);
});

test('a new file has the rights that the umask leaves', async () => {
  await writeFile(temp('a.ics'), commits(0, 1));
  expect(statSync(temp('a.ics')).mode & 0o777).toBe(0o666 & ~process.umask());
});

test('writes through a symbolic link, which stays one', async () => {
  mkdirSync(temp('elsewhere'));
  await writeFile(temp('elsewhere/real.ics'), commits(0, 1));
  symlinkSync('elsewhere/real.ics', temp('a.ics'));
  await writeFile(temp('a.ics'), commits(0, 2));
  expect(lstatSync(temp('a.ics')).isSymbolicLink()).toBe(true);
  expect(readEvents(readFileSync(temp('elsewhere/real.ics')))).toHaveLength(2);
});

describe('refuses, before anything is written,', () => {
  test('a file that is no calendar', async () => {
    writeFileSync(temp('notes.txt'), 'my notes\n');
    await expect(writeFile(temp('notes.txt'), commits(0, 1))).rejects.toMatchObject({
      code: 'ERR_ICAL_SINK_FORMAT',
      message: `${temp('notes.txt')}:1: is not an iCalendar file; move it away, or choose another path`,
    });
    expect(readFileSync(temp('notes.txt'), 'utf8')).toBe('my notes\n');
  });

  test('a link to a file that is no calendar', async () => {
    writeFileSync(temp('.bashrc'), 'umask 022\n');
    symlinkSync('.bashrc', temp('a.ics'));
    await expect(writeFile(temp('a.ics'), commits(0, 1))).rejects.toMatchObject({ code: 'ERR_ICAL_SINK_FORMAT' });
    expect(readFileSync(temp('.bashrc'), 'utf8')).toBe('umask 022\n');
  });

  test('a link to nothing', async () => {
    symlinkSync('nothing', temp('a.ics'));
    await expect(writeFile(temp('a.ics'), commits(0, 1))).rejects.toThrow(
      /is a symbolic link to nothing; remove the link/,
    );
  });

  test('a folder, and a device', async () => {
    await expect(writeFile(temp(), commits(0, 1))).rejects.toMatchObject({ code: 'ERR_ICAL_SINK_FILE' });
    await expect(writeFile('/dev/null', commits(0, 1))).rejects.toThrow(/is not a regular file; .*toICalendar/);
  });

  test('a folder that is not there', async () => {
    await expect(writeFile(temp('none/a.ics'), commits(0, 1))).rejects.toMatchObject({
      code: 'ERR_ICAL_SINK_FILE',
      message: expect.stringMatching(/none\/a\.ics: ENOENT.*; make the folder first$/) as string,
    });
  });
});

test('takes an empty file for a new one', async () => {
  writeFileSync(temp('a.ics'), '');
  await writeFile(temp('a.ics'), commits(0, 1));
  expect(calendarFaults(readFileSync(temp('a.ics')))).toEqual([]);
});

describe('stopping', () => {
  test.each(['abort()', 'signal'])('%s leaves the old file and nothing else', async (how) => {
    await writeFile(temp('a.ics'), commits(0, 3));
    const before = readFileSync(temp('a.ics'));
    const stop = new AbortController();
    const file = new CalendarFile(temp('a.ics'), { signal: stop.signal });
    await file.write(commits(0, 1000));
    expect(readdirSync(temp())).toHaveLength(2);
    if (how === 'signal') stop.abort();
    else await file.abort();
    await expect(file.close()).rejects.toMatchObject({ code: 'ERR_ICAL_SINK_ABORTED' });
    expect(readdirSync(temp())).toEqual(['a.ics']);
    expect(readFileSync(temp('a.ics'))).toEqual(before);
  });

  test('after close() nothing can be written', async () => {
    const file = new CalendarFile(temp('a.ics'));
    await file.close();
    await expect(file.write(commits(0, 1))).rejects.toMatchObject({ code: 'ERR_ICAL_SINK_ABORTED' });
    await file.abort();
    expect(readEvents(readFileSync(temp('a.ics')))).toHaveLength(0);
  });

  test('writes that are not awaited keep their order', async () => {
    const file = new CalendarFile(temp('a.ics'));
    const writes = [file.write(commits(0, 3000)), file.write(commits(3000, 3002))];
    await Promise.all([...writes, file.close()]);
    const uids = readEvents(readFileSync(temp('a.ics'))).map((event) => event.get('UID'));
    expect(uids).toEqual(commits(0, 3002).map(({ uid }) => uid));
  });
});

test.each([
  [{ mode: 'append' }, "mode must be 'replace' or 'upsert', not \"append\""],
  [{ split: 'week' }, "split must be 'month' or 'year', not \"week\""],
  [{ maxBytes: 100 }, 'maxBytes must be an integer of at least 4096, not 100'],
  [{ maxEvents: 0 }, 'maxEvents must be an integer of at least 1, not 0'],
])('refuses the options %j', (options, message) => {
  expect(() => new CalendarFile(temp('a.ics'), options as object)).toThrow(message);
});
