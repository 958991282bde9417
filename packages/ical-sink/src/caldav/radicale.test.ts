import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { CounterMetrics } from '@sluice/pipeline';
import ICAL from 'ical.js';
import { from, lastValueFrom, toArray } from 'rxjs';
import { describeWith, program } from '../../../../tools/testing/describe-with.ts';
import { type Radicale, startRadicale } from '../../bench/radicale.mjs';
import { CalDavCalendar } from './caldav-calendar.ts';
import type { CalDavOptions } from './caldav-options.ts';
import type { CalDavOutcome } from './outcome.ts';
import { activity } from './testing/activity.ts';
import { toCalDav } from './to-caldav.ts';

const user = { username: 'alice', password: 'pä:ß word' };
const counts = (outcomes: readonly CalDavOutcome[]): Record<string, number> => {
  const by: Record<string, number> = {};
  for (const { outcome } of outcomes) by[outcome] = (by[outcome] ?? 0) + 1;
  return by;
};

describeWith([program('radicale')], 'a calendar on Radicale', () => {
  let radicale: Radicale;
  let calendars = 0;
  let name = '';
  beforeAll(async () => {
    radicale = await startRadicale(user);
  });
  afterAll(() => radicale.stop());
  beforeEach(() => {
    calendars += 1;
    name = `Commits ${calendars}`;
  });

  const open = (more: Partial<CalDavOptions> = {}) =>
    CalDavCalendar.open({ url: radicale.url, ...user, calendar: name, create: true, ...more });

  /** The stored files of a calendar with their times of writing. */
  function stored({ url }: { url: string }): Map<string, { text: string; mtimeMs: number }> {
    const dir = path.join(radicale.dir, 'collections', 'collection-root', new URL(url).pathname);
    const files = readdirSync(dir).filter((file) => file.endsWith('.ics'));
    return new Map(
      files.map((file) => {
        const at = path.join(dir, file);
        return [file, { text: readFileSync(at, 'utf8'), mtimeMs: statSync(at).mtimeMs }];
      }),
    );
  }

  test('has all that was pushed, one event an object, as another reader reads it', async () => {
    const calendar = await open();
    const activities = Array.from({ length: 150 }, (_, n) => activity(n));
    expect(counts(await calendar.push(activities))).toEqual({ created: 150 });
    const files = stored(calendar);
    expect(files.size).toBe(150);
    const summaries = [...files].map(([file, { text }]) => {
      expect(file).toMatch(/^[0-9a-f]{64}\.ics$/);
      const [event] = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent');
      return event?.getFirstPropertyValue('summary');
    });
    expect(summaries.sort()).toEqual(activities.map(({ title }) => title).sort());
  });

  test('is written to once: pushing the same again, from another process and in other parts, writes nothing', async () => {
    const activities = Array.from({ length: 130 }, (_, n) => activity(n, { url: `https://x.test/${n}?a=1;2` }));
    const first = await open();
    await first.push(activities);
    const before = stored(first);
    const metrics = new CounterMetrics();
    const second = await open({ create: false, metrics });
    expect(second.url).toBe(first.url);
    const sent = metrics.get('ical_sink_sent_requests_total');
    expect(counts(await second.push(activities.toReversed()))).toEqual({ unchanged: 130 });
    expect(stored(second)).toEqual(before);
    // Two questions for 130 events, and nothing else.
    expect(metrics.get('ical_sink_sent_requests_total') - sent).toBe(2);
    expect(counts(await second.push(activities.slice(0, 3)))).toEqual({ unchanged: 3 });
  });

  test.each([
    ['nothing but a title', { text: '', categories: [] }],
    ['blanks and breaks at its ends', { title: '  t  ', text: '\n x \n\n' }],
    ['every character that is escaped', { title: 'a\\b;c,d:e"f', text: '\\n\\N\\\\;\\,' }],
    ['letters of all lengths, folded', { title: 'ä€𝄞'.repeat(60), text: 'x'.repeat(5000) }],
    ['markup', { title: '<b>&amp;]]></b>', text: '<!-- -->&#13;' }],
    ['no length', { startMs: 0, endMs: 0 }],
    ['a number as its title', { title: '007' }],
    ['a colon and quotes in a category', { categories: ['a:b', '"q"', 'ü'] }],
    ['a version', { sequence: 7 }],
  ])('takes an event with %s, and knows it again', async (_, more) => {
    const calendar = await open();
    expect(await calendar.push([activity(0, more)])).toEqual([{ uid: '0@test', outcome: 'created', status: 201 }]);
    expect(counts(await calendar.push([activity(0, more)]))).toEqual({ unchanged: 1 });
  });

  test('gets what changed, and nothing else', async () => {
    const calendar = await open();
    await calendar.push([activity(0), activity(1), activity(2)]);
    const before = stored(calendar);
    const outcomes = await calendar.push([
      activity(0, { title: 'amended' }),
      activity(1),
      activity(2, { removed: true }),
      activity(3),
      activity(4, { removed: true }),
    ]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['updated', 'unchanged', 'deleted', 'created', 'absent']);
    const after = [...stored(calendar).values()];
    expect(after).toHaveLength(3);
    expect(after.filter(({ text }) => text.includes('SUMMARY:amended'))).toHaveLength(1);
    expect(after).toContainEqual([...before.values()].find(({ text }) => text.includes('commit 1')));
  });

  test('keeps the later form of an event when an earlier one is told again', async () => {
    const calendar = await open();
    const told = activity(0);
    const later = activity(0, { sequence: 1, endMs: told.startMs + 60_000 });
    await calendar.push([told]);
    expect(counts(await calendar.push([later]))).toEqual({ updated: 1 });
    expect(counts(await calendar.push([told, later]))).toEqual({ unchanged: 1 });
    expect(counts(await calendar.push([told]))).toEqual({ unchanged: 1 });
  });

  test('updates an event that was imported under another name, and leaves foreign ones alone', async () => {
    const calendar = await open();
    const authorization = `Basic ${Buffer.from(`${user.username}:${user.password}`).toString('base64')}`;
    const event = (uid: string) =>
      `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:${uid}\r\nDTSTAMP:20240101T000000Z\r\nDTSTART:20240101T000000Z\r\nSUMMARY:imported\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
    for (const [file, uid] of [
      ['mine.ics', '0@test'],
      ['longer.ics', 'x0@testing'],
    ] as const)
      await fetch(new URL(file, calendar.url), {
        method: 'PUT',
        body: event(uid),
        headers: { authorization, 'content-type': 'text/calendar' },
      });
    expect(counts(await calendar.push([activity(0)]))).toEqual({ updated: 1 });
    expect(counts(await calendar.push([activity(0)]))).toEqual({ unchanged: 1 });
    const files = stored(calendar);
    expect([...files.keys()].sort()).toEqual(['longer.ics', 'mine.ics']);
    expect(files.get('mine.ics')?.text).toContain('SUMMARY:commit 0');
    expect(files.get('longer.ics')?.text).toContain('SUMMARY:imported');
  });

  test('is found by name, by path and by address, and made only when asked to', async () => {
    await expect(open({ create: false })).rejects.toMatchObject({ code: 'ERR_ICAL_SINK_NO_CALENDAR' });
    await expect(open({ create: false, calendar: '/alice/none/' })).rejects.toThrow(/\/alice\/none\/ does not exist/);
    const { url } = await open();
    const { pathname } = new URL(url);
    for (const options of [
      { calendar: name },
      { calendar: pathname },
      { calendar: pathname.slice(0, -1) },
      { calendar: url },
      { calendar: name, url: new URL('alice/', radicale.url).href },
    ])
      expect((await open({ create: false, ...options })).url).toBe(url);
    const { username, password } = user;
    expect((await CalDavCalendar.open({ url, username, password })).url).toBe(url);
    await expect(open({ calendar: '/alice/' })).rejects.toThrow(/\/alice\/ is no calendar/);
    const made = await open({ calendar: '/alice/by-path' });
    expect((await open({ calendar: 'by-path', create: false })).url).toBe(made.url);
    await expect(open({ create: false, calendar: 'Commit' })).rejects.toThrow(/it has .*"Commits \d+"/);
  });

  test('is not made, nor written to, in a dry run, which says what would be done', async () => {
    const dry = await open({ dryRun: true });
    expect(counts(await dry.push([activity(0), activity(1, { removed: true })]))).toEqual({ created: 1, absent: 1 });
    await expect(open({ create: false })).rejects.toMatchObject({ code: 'ERR_ICAL_SINK_NO_CALENDAR' });
    const calendar = await open();
    await calendar.push([activity(0), activity(1), activity(2)]);
    const before = stored(calendar);
    const again = await open({ dryRun: true });
    const outcomes = await again.push([
      activity(0),
      activity(1, { title: 'x' }),
      activity(2, { removed: true }),
      activity(3),
    ]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['unchanged', 'updated', 'deleted', 'created']);
    expect(stored(calendar)).toEqual(before);
  });

  test('refuses wrong credentials with an error of its own, which does not tell them', async () => {
    for (const password of ['wrong-password', ''])
      await expect(open({ password })).rejects.toMatchObject({
        code: 'ERR_ICAL_SINK_AUTHENTICATION',
        message: expect.not.stringContaining('wrong-password'),
      });
    const refused = CalDavCalendar.open({ url: radicale.url, calendar: name });
    await expect(refused).rejects.toThrow(/refuses requests without credentials \(401\); give username and password/);
  });

  test('is the end of a stream, which can be run again', async () => {
    const activities = Array.from({ length: 60 }, (_, n) => activity(n));
    const run = () =>
      lastValueFrom(
        from(activities).pipe(toCalDav({ url: radicale.url, ...user, calendar: name, create: true }), toArray()),
      );
    expect(counts(await run())).toEqual({ created: 60 });
    expect(counts(await run())).toEqual({ unchanged: 60 });
  });
});

describeWith([program('radicale')], 'a Radicale that asks nobody who they are', () => {
  test('has no principal, and its calendars are found below the given address', async () => {
    const radicale = await startRadicale();
    try {
      const options = { url: new URL('shared/', radicale.url).href, calendar: 'Commits' };
      expect((await fetch(options.url, { method: 'MKCOL' })).status).toBe(201);
      await expect(CalDavCalendar.open(options)).rejects.toMatchObject({ code: 'ERR_ICAL_SINK_NO_CALENDAR' });
      const calendar = await CalDavCalendar.open({ ...options, create: true });
      expect(counts(await calendar.push([activity(0)]))).toEqual({ created: 1 });
      const again = await CalDavCalendar.open(options);
      expect(counts(await again.push([activity(0)]))).toEqual({ unchanged: 1 });
    } finally {
      await radicale.stop();
    }
  });
});
