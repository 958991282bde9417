import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { ringRejects } from '@sluice/pipeline';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import type { CalendarFileOptions } from '../options.ts';
import { calendarFaults } from '../testing/calendar-faults.ts';
import { commit, commits } from '../testing/commit.ts';
import { readEvents } from '../testing/read-events.ts';
import { upsert, writeFile } from '../testing/write-file.ts';

const temp = tempFolder();
const at = (n: number, date: string) => commit(n, { startMs: Date.parse(date) });
const three = [at(1, '2023-12-31T23:59:00Z'), at(2, '2024-01-01T00:01:00Z'), at(3, '2024-03-05T12:00:00Z')];

/** Numbers of the commits in each file, by name. */
const layout = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(temp())
      .sort()
      .map((name) => {
        const bytes = readFileSync(temp(name));
        expect(calendarFaults(bytes)).toEqual([]);
        return [
          name,
          readEvents(bytes)
            .map((event) => event.get('UID')?.split('@')[0]?.slice(1))
            .join(' '),
        ];
      }),
  );

describe.each(['replace', 'upsert'] as const)('%s', (mode) => {
  const write = (numbers: Parameters<typeof writeFile>[1], options: CalendarFileOptions) =>
    writeFile(temp('c.ics'), numbers, { mode, ...options });

  test('splits by year, UTC, by when it was and not by its slot', async () => {
    const { files, added } = await write(three, { split: 'year' });
    expect(layout()).toEqual({ 'c-2023.ics': '1', 'c-2024.ics': '2 3' });
    expect(files.map(({ path, events }) => [path, events])).toEqual([
      [temp('c-2023.ics'), 1],
      [temp('c-2024.ics'), 2],
    ]);
    expect(added).toBe(3);
  });

  test('splits by month', async () => {
    await write(three, { split: 'month' });
    expect(layout()).toEqual({ 'c-2023-12.ics': '1', 'c-2024-01.ics': '2', 'c-2024-03.ics': '3' });
  });

  test('goes on in the next file when one is full of events', async () => {
    await write(commits(0, 5), { maxEvents: 2 });
    expect(layout()).toEqual({ 'c.ics': '0 1', 'c.2.ics': '2 3', 'c.3.ics': '4' });
  });

  test('no file exceeds maxBytes, and each but the last is as full as can be', async () => {
    const { files } = await write(commits(0, 60), { maxBytes: 4096 });
    expect(files.length).toBeGreaterThan(3);
    const event = files[0] === undefined ? 0 : files[0].bytes / files[0].events;
    for (const { path, bytes } of files) {
      expect(statSync(path).size).toBe(bytes);
      expect(bytes).toBeLessThanOrEqual(4096);
    }
    for (const { bytes } of files.slice(0, -1)) expect(bytes).toBeGreaterThan(4096 - event - 100);
    expect(Object.values(layout()).join(' ').split(' ').length).toBe(60);
  });

  test('splits by period and size at once', async () => {
    await write([...three, at(4, '2024-06-01T00:00:00Z')], { split: 'year', maxEvents: 2 });
    expect(layout()).toEqual({ 'c-2023.ics': '1', 'c-2024.ics': '2 3', 'c-2024.2.ics': '4' });
  });

  test('an event that fits into no file is rejected', async () => {
    const rejects = ringRejects(1);
    const huge = commit(1, { text: 'x'.repeat(5000) });
    expect(await write([huge, commit(2)], { maxBytes: 4096, rejects })).toMatchObject({ added: 1, rejected: 1 });
    expect(rejects.last[0]).toMatchObject({ code: 'ERR_ICAL_SINK_TOO_LARGE', value: 'r1@repository' });
  });

  test('an activity that would need one file too many is rejected', async () => {
    const rejects = ringRejects(1);
    expect(await write(three, { split: 'month', maxFiles: 2, rejects })).toMatchObject({ added: 2, rejected: 1 });
    expect(rejects.last[0]).toMatchObject({ code: 'ERR_ICAL_SINK_FILES', value: 'r3@repository' });
    expect(Object.keys(layout())).toHaveLength(2);
  });

  test('leaves a year alone that nothing is written for', async () => {
    await write(three, { split: 'year' });
    await write([at(9, '2024-05-05T00:00:00Z')], { split: 'year' });
    expect(layout()['c-2023.ics']).toBe('1');
  });
});

test('more files than may be open at once are all written whole', async () => {
  const all = Array.from({ length: 400 }, (_, n) => at(n, new Date(Date.UTC(1990 + (n % 40), 0, 1, n)).toISOString()));
  await writeFile(temp('c.ics'), all, { split: 'year' });
  const files = layout();
  expect(Object.keys(files)).toHaveLength(40);
  expect(files['c-1990.ics']).toBe('0 40 80 120 160 200 240 280 320 360');
});

test('replace empties numbered files that are not needed any more', async () => {
  await writeFile(temp('c.ics'), commits(0, 5), { maxEvents: 1 });
  await writeFile(temp('c.ics'), commits(0, 2), { maxEvents: 1 });
  expect(layout()).toEqual({ 'c.ics': '0', 'c.2.ics': '1', 'c.3.ics': '', 'c.4.ics': '', 'c.5.ics': '' });
});

describe('upsert', () => {
  test('an event whose date moved to another year leaves its old file', async () => {
    await upsert(temp('c.ics'), three, { split: 'year' });
    const result = await upsert(temp('c.ics'), [at(3, '2023-03-05T12:00:00Z')], { split: 'year' });
    expect(result).toMatchObject({ replaced: 1, added: 0 });
    expect(layout()).toEqual({ 'c-2023.ics': '1 3', 'c-2024.ics': '2' });
  });

  test('takes out by uid alone, wherever the event is', async () => {
    await upsert(temp('c.ics'), three, { split: 'year' });
    const gone = { ...commit(1), startMs: Number.NaN, removed: true };
    expect(await upsert(temp('c.ics'), [gone], { split: 'year' })).toMatchObject({ removed: 1 });
    expect(layout()).toEqual({ 'c-2023.ics': '', 'c-2024.ics': '2 3' });
  });

  test('touches only the files that change', async () => {
    const old = new Date('2020-01-01T00:00:00Z');
    await upsert(temp('c.ics'), three, { split: 'year' });
    for (const name of readdirSync(temp())) utimesSync(temp(name), old, old);
    const { files } = await upsert(temp('c.ics'), [...three, at(4, '2024-04-04T00:00:00Z')], { split: 'year' });
    expect(files.map(({ changed }) => changed)).toEqual([false, true]);
    expect(statSync(temp('c-2023.ics')).mtime).toEqual(old);
  });

  test('fills the last file and goes on in new ones', async () => {
    await upsert(temp('c.ics'), commits(0, 3), { maxEvents: 2 });
    await upsert(temp('c.ics'), commits(2, 6), { maxEvents: 2 });
    expect(layout()).toEqual({ 'c.ics': '0 1', 'c.2.ics': '2 3', 'c.3.ics': '4 5' });
  });

  test('moves events up when earlier ones are taken out, and empties what is left over', async () => {
    await upsert(temp('c.ics'), commits(0, 5), { maxEvents: 2 });
    await upsert(temp('c.ics'), commits(0, 3, { removed: true }), { maxEvents: 2 });
    expect(layout()).toEqual({ 'c.ics': '3 4', 'c.2.ics': '', 'c.3.ics': '' });
  });

  test('moves events on when one before them grows', async () => {
    const full = commits(0, 9, { text: 'x'.repeat(300) });
    await upsert(temp('c.ics'), full, { maxBytes: 4096 });
    await upsert(temp('c.ics'), [commit(0, { text: 'x'.repeat(1500) })], { maxBytes: 4096 });
    await writeFile(temp('d.ics'), [commit(0, { text: 'x'.repeat(1500) }), ...full.slice(1)], { maxBytes: 4096 });
    for (const part of ['', '.2'])
      expect(readFileSync(temp(`c${part}.ics`))).toEqual(readFileSync(temp(`d${part}.ics`)));
  });

  test('a file with a number beyond a gap is another’s, and stops it', async () => {
    await writeFile(temp('c.ics'), commits(0, 2));
    await writeFile(temp('c.3.ics'), [commit(99)]);
    await expect(upsert(temp('c.ics'), commits(0, 6), { maxEvents: 2 })).rejects.toMatchObject({
      code: 'ERR_ICAL_SINK_FILE',
      message: `${temp('c.3.ics')}: stands where a new file of the calendar has to be; move it away`,
    });
    expect(layout()).toEqual({ 'c.ics': '0 1', 'c.3.ics': '99' });
  });

  test('files of other names are not this calendar’s', async () => {
    const names = ['c-24.ics', 'c-2024.txt', 'xc-2024.ics', 'c-2024-01.ics', 'c-2024.1.ics', 'c-2024.02.ics', 'c.ics'];
    for (const name of names) writeFileSync(temp(name), 'other');
    await upsert(temp('c.ics'), three, { split: 'year' });
    for (const name of names) expect(readFileSync(temp(name), 'utf8')).toBe('other');
  });
});
