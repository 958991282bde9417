import type { Activity } from '@sluice/pipeline';
import { concat, from, lastValueFrom, NEVER, of, Subject, throwError, toArray } from 'rxjs';
import { commit, commits } from '../testing/commit.ts';
import { toSessions } from './to-sessions.ts';

const hour = 3_600_000;
const titles = (sessions: readonly Activity[]): string[] => sessions.map(({ title }) => title);

test('emits the sessions when the source completes, by time', async () => {
  const given = [...commits(10, 12), ...commits(0, 3)];
  const sessions = await lastValueFrom(from(given).pipe(toSessions({ gapMs: hour + 1 }), toArray()));
  expect(titles(sessions)).toEqual(['3 commits: project', '2 commits: project']);
});

test('with growing, emits at once', () => {
  const source = new Subject<Activity>();
  const seen: Activity[] = [];
  source.pipe(toSessions({ gapMs: hour + 1, growing: true })).subscribe((session) => seen.push(session));
  source.next(commit(1));
  source.next(commit(2));
  expect(titles(seen)).toEqual(['1 commit: project', '2 commits: project']);
});

test('an abort emits what is open and completes', async () => {
  const abort = new AbortController();
  const open = concat(of(commit(1)), NEVER).pipe(toSessions({ gapMs: 1, signal: abort.signal }), toArray());
  const sessions = lastValueFrom(open);
  abort.abort();
  expect(titles(await sessions)).toEqual(['1 commit: project']);
});

test('an error of the source passes on', async () => {
  const failing = concat(
    of(commit(1)),
    throwError(() => new Error('lost')),
  ).pipe(toSessions({ gapMs: 1 }));
  await expect(lastValueFrom(failing)).rejects.toThrow('lost');
});

test('subscriptions share nothing', async () => {
  const sessions = of(commit(1)).pipe(toSessions({ gapMs: 1 }), toArray());
  expect(titles(await lastValueFrom(sessions))).toEqual(titles(await lastValueFrom(sessions)));
});

test('refuses options at the call', () => {
  expect(() => toSessions({ gapMs: 0 })).toThrow(/gapMs must be/);
});
