import { chmodSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { CounterMetrics, ringRejects } from '@sluice/pipeline';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { metricNames } from '../metrics.ts';
import { calendarFaults } from '../testing/calendar-faults.ts';
import { commit, commits } from '../testing/commit.ts';
import { readEvents, uidsAndTitles } from '../testing/read-events.ts';
import { upsert, writeFile } from '../testing/write-file.ts';

const temp = tempFolder();
const read = (name = 'a.ics'): string => readFileSync(temp(name), 'utf8');

/** A calendar of another program: bare LF, folds by TAB, a zone, a task, an alarm, an override, something after the events. */
const foreign = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//other//program//EN
X-WR-CALNAME:Theirs
BEGIN:VTIMEZONE
TZID:Europe/Vienna
END:VTIMEZONE
begin:vevent
uid;X-WHY="a:b;c":fold
\ted@there
DTSTART;TZID=Europe/Vienna:20240101T120000
SUMMARY:theirs
sequence;X-A=b:0
DESCRIPTION:it says\\nEND:VEVENT and\\n
\tBEGIN:VEVENT
BEGIN:VALARM
UID:r1@repository
TRIGGER:-PT5M
END:VALARM
end:vevent
BEGIN:VEVENT
UID:r2@repository
RECURRENCE-ID:20240101T120000Z
SUMMARY:an occurrence of theirs
END:VEVENT
BEGIN:VTODO
UID:r3@repository
SUMMARY:a task
END:VTODO
X-AFTER:all
END:VCALENDAR
`;

test('makes a new file', async () => {
  const result = await upsert(temp('a.ics'), commits(0, 3), { name: 'New' });
  expect(result).toMatchObject({ added: 3, replaced: 0, kept: 0, files: [{ events: 3, changed: true }] });
  expect(calendarFaults(read())).toEqual([]);
});

test('does not touch the file when nothing changes', async () => {
  const old = new Date('2020-01-01T00:00:00Z');
  await upsert(temp('a.ics'), commits(0, 500));
  utimesSync(temp('a.ics'), old, old);
  expect(await upsert(temp('a.ics'), commits(0, 500))).toMatchObject({
    added: 0,
    kept: 500,
    files: [{ changed: false }],
  });
  expect(await upsert(temp('a.ics'), [])).toMatchObject({ kept: 0, files: [{ events: 500, changed: false }] });
  expect(statSync(temp('a.ics')).mtime).toEqual(old);
});

test('replaces what changed in its place, adds what is new at the end, takes out what is removed', async () => {
  const metrics = new CounterMetrics();
  await writeFile(temp('a.ics'), commits(0, 5));
  const given = [
    commit(7),
    commit(1, { title: 'other' }),
    commit(2, { removed: true }),
    commit(3),
    commit(9, { removed: true }),
  ];
  const result = await upsert(temp('a.ics'), given, { metrics });
  expect(result).toMatchObject({ added: 1, replaced: 1, removed: 1, kept: 1, files: [{ events: 5 }] });
  expect(readEvents(read()).map((event) => event.get('UID')?.split('@')[0])).toEqual(['r0', 'r1', 'r3', 'r4', 'r7']);
  expect(readEvents(read())[1]?.get('SUMMARY')).toBe('other');
  expect(calendarFaults(read())).toEqual([]);
  expect(metrics.snapshot()).toEqual({
    [metricNames.taken]: 5,
    [metricNames.written]: 2,
    [metricNames.kept]: 1,
    [metricNames.removed]: 1,
    [metricNames.skipped]: 1,
    [metricNames.bytes]: statSync(temp('a.ics')).size,
  });
});

test('the last word for a uid counts', async () => {
  const given = [
    commit(1),
    commit(1, { title: 'second' }),
    commit(2),
    commit(2, { removed: true }),
    commit(1, { title: 'third' }),
  ];
  expect(await upsert(temp('a.ics'), given)).toMatchObject({ added: 1, removed: 0 });
  expect(uidsAndTitles(read())).toEqual(['r1@repository third']);
});

test('an event with a higher sequence is later news, and stays', async () => {
  await upsert(temp('a.ics'), [commit(1, { title: 'later', sequence: 2 }), commit(2, { sequence: 1 })]);
  const given = [
    commit(1, { title: 'early' }),
    commit(2, { title: 'as late', sequence: 1 }),
    commit(1, { title: 'too', sequence: 1 }),
  ];
  expect(await upsert(temp('a.ics'), given)).toMatchObject({ kept: 1, replaced: 1, added: 0 });
  expect(uidsAndTitles(read())).toEqual(['r1@repository later', 'r2@repository as late']);
  expect(await upsert(temp('a.ics'), [commit(1, { removed: true })])).toMatchObject({ removed: 1 });
});

test('copies what another program wrote byte for byte', async () => {
  writeFileSync(temp('a.ics'), foreign);
  const result = await upsert(temp('a.ics'), [commit(5)], { name: 'Ours' });
  expect(result).toMatchObject({ added: 1, files: [{ events: 3 }] });
  const [before, after] = foreign.split('END:VCALENDAR\n');
  expect(read().startsWith(before ?? '?')).toBe(true);
  expect(read().endsWith(`END:VEVENT\r\nEND:VCALENDAR\n${after}`)).toBe(true);
});

test('does not take an alarm, an override or a task for an event of that uid', async () => {
  writeFileSync(temp('a.ics'), foreign);
  expect(await upsert(temp('a.ics'), commits(1, 4))).toMatchObject({ added: 3, replaced: 0 });
});

test('finds a uid that is folded, has parameters, or is escaped in another way', async () => {
  const uid = `a,b;c\\${'d'.repeat(100)}é@there`;
  const theirs = foreign.replace(
    'UID:r2@repository\nRECURRENCE-ID:20240101T120000Z',
    `UID:${uid.replace('\\', '\\\\')}`,
  );
  writeFileSync(temp('a.ics'), theirs);
  const result = await upsert(temp('a.ics'), [
    commit(1, { uid: 'folded@there', title: 'ours' }),
    commit(1, { uid, title: 'ours' }),
  ]);
  expect(result).toMatchObject({ added: 0, replaced: 2 });
  expect(read().match(/SUMMARY:ours/g)).toHaveLength(2);
  expect(read()).not.toContain('theirs');
  expect(await upsert(temp('a.ics'), [commit(1, { uid, title: 'ours' })])).toMatchObject({ kept: 1 });
});

test('finds a uid whose letter of several octets another program folded in two', async () => {
  const theirs = Buffer.from('BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:caf#é@x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n');
  const cut = theirs.indexOf('#');
  const folded = Buffer.concat([
    theirs.subarray(0, cut),
    theirs.subarray(cut + 1, cut + 2),
    Buffer.from('\r\n '),
    theirs.subarray(cut + 2),
  ]);
  writeFileSync(temp('a.ics'), folded);
  expect(await upsert(temp('a.ics'), [commit(1, { uid: 'café@x' })])).toMatchObject({ replaced: 1, added: 0 });
});

test('leaves one event of a uid that the file has twice', async () => {
  const [one, two] = [commit(1), commit(2)];
  await writeFile(temp('a.ics'), [one, two]);
  writeFileSync(temp('a.ics'), read().replace('UID:r2@', 'UID:r1@'));
  await upsert(temp('a.ics'), [one]);
  expect(uidsAndTitles(read())).toEqual(['r1@repository r1 Fix\\; the\\, thing']);
});

test('a description that says BEGIN:VEVENT is a description', async () => {
  const text = `${'x'.repeat(62)}\nEND:VEVENT\nBEGIN:VEVENT\nUID:r2@repository\n`;
  await upsert(temp('a.ics'), [commit(1, { text })]);
  expect(await upsert(temp('a.ics'), [commit(2)])).toMatchObject({ added: 1, replaced: 0, files: [{ events: 2 }] });
  expect(await upsert(temp('a.ics'), [commit(1, { text }), commit(2)])).toMatchObject({ kept: 2 });
});

test.each([
  ['a mark for the byte order', (text: string) => `\ufeff${text}`],
  ['no line break at the end', (text: string) => text.trimEnd()],
  ['empty lines around', (text: string) => `\r\n${text}\r\n\r\n`],
  ['bare LF', (text: string) => text.replaceAll('\r\n', '\n')],
])('takes a calendar with %s', async (_, change) => {
  await writeFile(temp('a.ics'), commits(0, 2));
  writeFileSync(temp('a.ics'), change(read()));
  const result = await upsert(temp('a.ics'), [commit(1, { title: 'other' }), commit(3)]);
  expect(result).toMatchObject({ added: 1, replaced: 1, files: [{ events: 3 }] });
});

test('adds to the last of several calendars in a file', async () => {
  await writeFile(temp('a.ics'), [commit(1)]);
  const first = read();
  await writeFile(temp('a.ics'), [commit(2)]);
  writeFileSync(temp('a.ics'), first + read());
  const result = await upsert(temp('a.ics'), [
    commit(1, { title: 'one' }),
    commit(2, { title: 'two' }),
    commit(3, { title: 'three' }),
  ]);
  expect(result).toMatchObject({ added: 1, replaced: 2 });
  expect(
    read()
      .match(/^(?:BEGIN:V\w+|END:VC\w+|SUMMARY.*)$/gm)
      ?.map((line) => line.split(':')[1]),
  ).toEqual(['VCALENDAR', 'VEVENT', 'one', 'VCALENDAR', 'VCALENDAR', 'VEVENT', 'two', 'VEVENT', 'three', 'VCALENDAR']);
});

test('reads events that are longer than what is read at once', async () => {
  const huge = commit(1, { text: 'lorem ipsum '.repeat(200_000) });
  await upsert(temp('a.ics'), [commit(0), huge, commit(2)]);
  expect(await upsert(temp('a.ics'), [huge, commit(2, { title: 'other' })])).toMatchObject({ kept: 1, replaced: 1 });
  expect(calendarFaults(read())).toEqual([]);
});

test('beyond maxPendingBytes the file is rewritten in steps, and the result is the same', async () => {
  const steps = await upsert(temp('steps.ics'), commits(0, 200), { maxPendingBytes: 8192 });
  await upsert(temp('once.ics'), commits(0, 200));
  expect(read('steps.ics')).toBe(read('once.ics'));
  expect(steps).toMatchObject({ added: 200, files: [{ events: 200, changed: true }] });
});

test('rejects what cannot be written, and writes the rest', async () => {
  const rejects = ringRejects(10);
  const result = await upsert(temp('a.ics'), [commit(1), commit(2, { startMs: 1e16 }), commit(3, { uid: '' })], {
    rejects,
  });
  expect(result).toMatchObject({ added: 1, rejected: 2 });
  expect(rejects.last.map(({ code }) => code)).toEqual(['ERR_ICAL_SINK_DATE', 'ERR_ICAL_SINK_UID']);
});

test('keeps the rights of the file and leaves nothing else behind', async () => {
  await upsert(temp('a.ics'), commits(0, 1));
  chmodSync(temp('a.ics'), 0o604);
  await upsert(temp('a.ics'), commits(0, 2));
  expect(statSync(temp('a.ics')).mode & 0o777).toBe(0o604);
  expect(readdirSync(temp())).toEqual(['a.ics']);
});
