import { CounterMetrics } from '@sluice/pipeline';
import { CalDavCalendar } from './caldav-calendar.ts';
import type { CalDavOptions } from './caldav-options.ts';
import { objectName } from './dav-objects.ts';
import { activity } from './testing/activity.ts';
import { FakeDav } from './testing/fake-dav.ts';

const pathOf = (uid: string): string => `/home/commits/${objectName(uid)}`;

let dav: FakeDav;
beforeEach(async () => {
  dav = await new FakeDav().start();
});
afterEach(() => dav.stop());

const open = (more: Partial<CalDavOptions> = {}) =>
  CalDavCalendar.open({ url: dav.origin, calendar: 'Commits', retryPauseMs: 1, ...more });

describe('what is pushed', () => {
  test('does not come into the path, whatever uid it has', async () => {
    const calendar = await open();
    const uids = [
      '../../../etc/passwd',
      '/abs',
      'a\r\nX: y',
      '%2e%2e/',
      '',
      '\ud800',
      'x'.repeat(10_000),
      'https://evil.test/',
    ];
    const outcomes = await calendar.push(uids.map((uid, n) => activity(n, { uid })));
    expect(outcomes.filter(({ outcome }) => outcome === 'created')).toHaveLength(uids.length - 1);
    for (const { method, path } of dav.seen)
      if (method === 'PUT') expect(path).toMatch(/^\/home\/commits\/[0-9a-f]{64}\.ics$/);
  });

  test('has one outcome for each uid, of its latest form', async () => {
    const metrics = new CounterMetrics();
    const calendar = await open({ metrics });
    const outcomes = await calendar.push([
      activity(0, { sequence: 2, title: 'latest' }),
      activity(1, { title: 'first' }),
      activity(0, { sequence: 1, title: 'earlier' }),
      activity(1, { title: 'second' }),
    ]);
    expect(outcomes.map(({ uid, outcome }) => [uid, outcome])).toEqual([
      ['0@test', 'created'],
      ['1@test', 'created'],
    ]);
    expect([...dav.objects.values()].map(({ text }) => /SUMMARY:(.*)\r/.exec(text)?.[1]).sort()).toEqual([
      'latest',
      'second',
    ]);
    expect(metrics.get('ical_sink_taken_activities_total')).toBe(4);
    expect(metrics.get('ical_sink_skipped_activities_total')).toBe(2);
  });

  test('is a whole calendar without what belongs to feeds', async () => {
    const calendar = await open({ productId: '-//Me//EN', slotMs: 0 });
    await calendar.push([activity(0)]);
    const text = dav.objects.get(pathOf('0@test'))?.text ?? '';
    expect(text).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\nPRODID:-\/\/Me\/\/EN\r\n.*END:VCALENDAR\r\n$/s);
    expect(text).not.toMatch(/METHOD|X-WR|REFRESH|DTEND/);
    expect(dav.seen.find(({ method }) => method === 'PUT')?.headers['content-type']).toBe(
      'text/calendar; charset=utf-8',
    );
  });

  test('fails where it is no event, and the others go on', async () => {
    const calendar = await open();
    const outcomes = await calendar.push([activity(0, { startMs: Number.NaN }), activity(1)]);
    expect(outcomes).toMatchObject([
      { outcome: 'failed', error: { code: 'ERR_ICAL_SINK_DATE' } },
      { outcome: 'created' },
    ]);
  });

  test('never goes in more requests at a time than allowed', async () => {
    let now = 0;
    let most = 0;
    dav.fault = (seen, response) => {
      if (seen.method !== 'PUT') return false;
      now += 1;
      most = Math.max(most, now);
      setTimeout(() => {
        now -= 1;
        dav.answer(seen, response);
      }, 5);
      return true;
    };
    const calendar = await open({ concurrency: 3 });
    const some = (from: number) => Array.from({ length: 20 }, (_, n) => activity(from + n));
    await Promise.all([calendar.push(some(0)), calendar.push(some(20))]);
    expect(most).toBe(3);
    expect(dav.objects.size).toBe(40);
  });

  test('stops when the calendar is closed or the signal aborts, and nothing is asked afterwards', async () => {
    const stop = new AbortController();
    for (const [calendar, end] of [
      [await open(), (one: CalDavCalendar) => one.close()],
      [await open({ signal: stop.signal }), () => stop.abort()],
    ] as const) {
      dav.fault = ({ method }) => {
        if (method !== 'PUT') return false;
        end(calendar);
        return true;
      };
      const activities = Array.from({ length: 50 }, (_, n) => activity(n));
      await expect(calendar.push(activities)).rejects.toMatchObject({ code: 'ERR_ICAL_SINK_ABORTED' });
      const asked = dav.seen.length;
      await expect(calendar.push(activities)).rejects.toMatchObject({ code: 'ERR_ICAL_SINK_ABORTED' });
      expect(dav.seen.length).toBe(asked);
    }
    await expect(open({ signal: stop.signal })).rejects.toMatchObject({ code: 'ERR_ICAL_SINK_ABORTED' });
  });
});
