import { readdirSync, readFileSync } from 'node:fs';
import { concat, from, lastValueFrom, NEVER, of, Subject, throwError, toArray } from 'rxjs';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { commit, commits } from '../testing/commit.ts';
import { readEvents } from '../testing/read-events.ts';
import { writeFile } from '../testing/write-file.ts';
import { toCalendarFile } from './to-calendar-file.ts';

const temp = tempFolder();
const uids = (): (string | undefined)[] => readEvents(readFileSync(temp('a.ics'))).map((event) => event.get('UID'));

test.each(['replace', 'upsert'] as const)('%s: emits one result when all is written', async (mode) => {
  const results = await lastValueFrom(from(commits(0, 500)).pipe(toCalendarFile(temp('a.ics'), { mode }), toArray()));
  expect(results).toHaveLength(1);
  expect(results[0]).toMatchObject({ added: 500, files: [{ path: temp('a.ics'), events: 500 }] });
  expect(uids()).toHaveLength(500);
});

test.each(['replace', 'upsert'] as const)('%s: an error of the source leaves the old file', async (mode) => {
  await writeFile(temp('a.ics'), [commit(1)]);
  const failing = concat(
    from(commits(5, 500)),
    throwError(() => new Error('lost')),
  );
  await expect(lastValueFrom(failing.pipe(toCalendarFile(temp('a.ics'), { mode })))).rejects.toThrow(/^lost$/);
  expect(uids()).toEqual(['r1@repository']);
  expect(readdirSync(temp())).toEqual(['a.ics']);
});

test('an abort completes without a result and leaves the old file', async () => {
  await writeFile(temp('a.ics'), [commit(1)]);
  const abort = new AbortController();
  const writing = concat(of(commit(2)), NEVER).pipe(toCalendarFile(temp('a.ics'), { signal: abort.signal }), toArray());
  setTimeout(() => abort.abort(), 10);
  expect(await lastValueFrom(writing)).toEqual([]);
  expect(uids()).toEqual(['r1@repository']);
  expect(readdirSync(temp())).toEqual(['a.ics']);
});

test('unsubscribing leaves nothing behind and lets go of the source', () => {
  const source = new Subject<ReturnType<typeof commit>>();
  const subscription = source.pipe(toCalendarFile(temp('a.ics'))).subscribe();
  source.next(commit(1));
  expect(readdirSync(temp())).toHaveLength(1);
  subscription.unsubscribe();
  expect(readdirSync(temp())).toEqual([]);
  expect(source.observed).toBe(false);
});

test('an upsert that cannot keep up errors instead of filling the memory', async () => {
  const flood = from(commits(0, 1000)).pipe(toCalendarFile(temp('a.ics'), { mode: 'upsert', maxPendingBytes: 4096 }));
  await expect(lastValueFrom(flood)).rejects.toMatchObject({ code: 'ERR_ICAL_SINK_OVERFLOW' });
});

test('an upsert takes as much again while it rewrites the file, and loses nothing', async () => {
  const options = { mode: 'upsert', maxPendingBytes: 32_768 } as const;
  const result = await lastValueFrom(from(commits(0, 60)).pipe(toCalendarFile(temp('a.ics'), options)));
  expect(result).toMatchObject({ added: 60, files: [{ events: 60 }] });
  expect(uids()).toEqual(commits(0, 60).map(({ uid }) => uid));
});

test('a path that cannot be written is an error of the stream', async () => {
  const writing = from(commits(0, 1)).pipe(toCalendarFile(temp('none/a.ics')));
  await expect(lastValueFrom(writing)).rejects.toMatchObject({ code: 'ERR_ICAL_SINK_FILE' });
});

test('refuses options at the call', () => {
  expect(() => toCalendarFile(temp('a.ics'), { maxEvents: 0 })).toThrow(/maxEvents must be/);
});
