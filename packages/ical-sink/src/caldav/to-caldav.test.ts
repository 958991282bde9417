import type { Activity } from '@sluice/pipeline';
import { from, lastValueFrom, NEVER, Subject, throwError, toArray } from 'rxjs';
import type { CalDavOutcome } from './outcome.ts';
import { activity } from './testing/activity.ts';
import { FakeDav } from './testing/fake-dav.ts';
import { type ToCalDavOptions, toCalDav } from './to-caldav.ts';

let dav: FakeDav;
beforeEach(async () => {
  dav = await new FakeDav().start();
});
afterEach(() => dav.stop());

const options = (more: Partial<ToCalDavOptions> = {}): ToCalDavOptions => ({
  url: dav.origin,
  calendar: 'Commits',
  retryPauseMs: 1,
  ...more,
});
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2));
};

test('gives an outcome for each activity in their order, and completes', async () => {
  const activities = Array.from({ length: 1234 }, (_, n) => activity(n));
  const outcomes = await lastValueFrom(from(activities).pipe(toCalDav(options()), toArray()));
  expect(outcomes.map(({ uid }) => uid)).toEqual(activities.map(({ uid }) => uid));
  expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['created']));
});

test('pushes what comes, long before the source completes', async () => {
  const source = new Subject<Activity>();
  const outcomes: CalDavOutcome[] = [];
  const subscription = source.pipe(toCalDav(options())).subscribe((outcome) => outcomes.push(outcome));
  for (let n = 0; n < 3; n += 1) {
    source.next(activity(n));
    await until(() => outcomes.length === n + 1);
  }
  expect(dav.objects.size).toBe(3);
  subscription.unsubscribe();
});

test('does nothing before it is subscribed, and looks for the calendar once it is, without waiting for an activity', async () => {
  const stream = NEVER.pipe(toCalDav(options({ calendar: 'None' })));
  expect(dav.seen).toEqual([]);
  await expect(lastValueFrom(stream)).rejects.toMatchObject({ code: 'ERR_ICAL_SINK_NO_CALENDAR' });
});

test('completes without activities, and errors as its source does', async () => {
  await expect(lastValueFrom(from([]).pipe(toCalDav(options()), toArray()))).resolves.toEqual([]);
  const fault = new Error('source');
  await expect(lastValueFrom(throwError(() => fault).pipe(toCalDav(options())))).rejects.toBe(fault);
});

test('tells of what fails as an outcome, and goes on', async () => {
  dav.fault = ({ method, body }, response) => {
    if (method !== 'PUT' || !body.includes('commit 1')) return false;
    response.writeHead(403).end();
    return true;
  };
  const outcomes = await lastValueFrom(
    from([activity(0), activity(1), activity(2)]).pipe(toCalDav(options()), toArray()),
  );
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'failed', 'created']);
});

test('errors rather than holding more than it may', async () => {
  const activities = Array.from({ length: 101 }, (_, n) => activity(n));
  const stream = from(activities).pipe(toCalDav(options({ maxQueued: 100 })));
  await expect(lastValueFrom(stream)).rejects.toMatchObject({ code: 'ERR_ICAL_SINK_OVERFLOW', limit: 100 });
});

test('an abort completes it, and an unsubscription does the same to the server: no more requests', async () => {
  for (const stopBy of ['abort', 'unsubscribe']) {
    const stop = new AbortController();
    let isComplete = false;
    const before = dav.count('PUT');
    dav.fault = ({ method }) => method === 'PUT';
    const subscription = from([activity(0), activity(1)])
      .pipe(toCalDav(options({ signal: stop.signal, concurrency: 1 })))
      .subscribe({
        complete: () => {
          isComplete = true;
        },
      });
    await until(() => dav.count('PUT') === before + 1);
    if (stopBy === 'abort') stop.abort();
    else subscription.unsubscribe();
    expect(isComplete).toBe(stopBy === 'abort');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(dav.count('PUT')).toBe(before + 1);
  }
});
