import { once } from 'node:events';
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { killChildren, spawnChild } from '../../../../tools/testing/child.ts';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { calendarFaults } from '../testing/calendar-faults.ts';
import { commit, commits } from '../testing/commit.ts';
import { readEvents } from '../testing/read-events.ts';
import { upsert, writeFile } from '../testing/write-file.ts';
import { CalendarLock } from './calendar-lock.ts';

const temp = tempFolder();
afterEach(killChildren);
const lockPath = (): string => temp('.a.ics.lock');

test('two processes that add to one calendar lose nothing', async () => {
  const children = [0, 40].map((from) =>
    spawnChild(new URL('../testing/add-child.ts', import.meta.url), [temp('a.ics'), `${from}`, `${from + 40}`]),
  );
  expect(await Promise.all(children.map((child) => once(child, 'exit')))).toEqual([
    [0, null],
    [0, null],
  ]);
  const uids = readEvents(readFileSync(temp('a.ics'))).map((event) => event.get('UID'));
  expect(uids.toSorted()).toEqual(
    commits(0, 80)
      .map(({ uid }) => uid)
      .toSorted(),
  );
  expect(readdirSync(temp())).toEqual(['a.ics']);
});

test('many at once in one process lose nothing', async () => {
  await Promise.all(commits(0, 12).map((one) => upsert(temp('a.ics'), [one])));
  const bytes = readFileSync(temp('a.ics'));
  expect(calendarFaults(bytes)).toEqual([]);
  expect(readEvents(bytes)).toHaveLength(12);
});

test('waits for a lock no longer than it was told, and names its file', async () => {
  const lock = await CalendarLock.take(lockPath(), 0);
  await expect(upsert(temp('a.ics'), [commit(1)], { lockTimeoutMs: 60 })).rejects.toMatchObject({
    code: 'ERR_ICAL_SINK_LOCKED',
    file: lockPath(),
    cure: 'wait for it, or remove the file if no such process is there',
  });
  await lock.release();
  expect(await upsert(temp('a.ics'), [commit(1)], { lockTimeoutMs: 0 })).toMatchObject({ added: 1 });
});

test('a stopped sink does not wait for a lock', async () => {
  const lock = await CalendarLock.take(lockPath(), 0);
  const abort = new AbortController();
  const waiting = upsert(temp('a.ics'), [commit(1)], { signal: abort.signal });
  setTimeout(() => abort.abort(), 50);
  await expect(waiting).rejects.toMatchObject({ code: 'ERR_ICAL_SINK_ABORTED' });
  await lock.release();
  expect(readdirSync(temp())).toEqual([]);
});

test.each([
  ['whose process is gone', `4194303 ${hostname()} x\n`, Date.now()],
  ['that was not renewed for long', `1 another.machine x\n`, Date.now() - 300_000],
])('takes over a lock %s', async (_, content, timeMs) => {
  writeFileSync(lockPath(), content);
  utimesSync(lockPath(), new Date(timeMs), new Date(timeMs));
  expect(await writeFile(temp('a.ics'), [commit(1)], { lockTimeoutMs: 0 })).toMatchObject({ added: 1 });
});

test('respects the lock of another machine', async () => {
  writeFileSync(lockPath(), '4194303 another.machine x\n');
  await expect(upsert(temp('a.ics'), [commit(1)], { lockTimeoutMs: 0 })).rejects.toMatchObject({
    code: 'ERR_ICAL_SINK_LOCKED',
  });
  expect(readFileSync(lockPath(), 'utf8')).toBe('4194303 another.machine x\n');
});

test('a lock that was taken over is not released by the one that lost it', async () => {
  const lock = await CalendarLock.take(lockPath(), 0);
  writeFileSync(lockPath(), '1 another.machine x\n');
  expect(await lock.isHeld()).toBe(false);
  await lock.release();
  expect(readFileSync(lockPath(), 'utf8')).toBe('1 another.machine x\n');
});
