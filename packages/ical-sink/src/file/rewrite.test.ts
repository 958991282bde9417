import { appendFileSync, readFileSync, renameSync } from 'node:fs';
import type { Activity } from '@sluice/pipeline';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { commit, commits } from '../testing/commit.ts';
import { readEvents } from '../testing/read-events.ts';
import { upsert, writeFile } from '../testing/write-file.ts';
import { CalendarFile } from './calendar-file.ts';

const temp = tempFolder();

/** Upserts while a program that knows of no lock changes the file at every turn of the event loop, `times` times. */
async function against(change: () => void, times: number, activities: readonly Activity[]) {
  let n = 0;
  const timer = setInterval(() => {
    n += 1;
    if (n <= times) change();
  }, 1);
  try {
    return await upsert(temp('a.ics'), activities);
  } finally {
    clearInterval(timer);
  }
}

test('what a program without a lock changes meanwhile is taken in', async () => {
  await writeFile(temp('a.ics'), commits(0, 20_000));
  await writeFile(temp('b.ics'), commits(0, 20_001));
  await against(() => renameSync(temp('b.ics'), temp('a.ics')), 1, [commit(30_000)]);
  const uids = readEvents(readFileSync(temp('a.ics'))).map((event) => event.get('UID'));
  expect(uids.slice(-2)).toEqual(['r20000@repository', 'r30000@repository']);
});

test('a program that never stops changing the file is an error, and the file stays its own', async () => {
  await writeFile(temp('a.ics'), commits(0, 20_000));
  const changing = against(() => appendFileSync(temp('a.ics'), '\r\n'), 100_000, [commit(30_000)]);
  await expect(changing).rejects.toMatchObject({
    code: 'ERR_ICAL_SINK_CHANGED',
    message: expect.stringContaining('let one program write it') as string,
  });
  expect(readEvents(readFileSync(temp('a.ics'))).length).toBe(20_000);
});

test('a file that vanished meanwhile is made anew', async () => {
  await writeFile(temp('a.ics'), commits(0, 2));
  const file = new CalendarFile(temp('a.ics'), { mode: 'upsert' });
  await file.write([commit(5)]);
  renameSync(temp('a.ics'), temp('gone'));
  expect(await file.close()).toMatchObject({ added: 1, files: [{ events: 1 }] });
});
