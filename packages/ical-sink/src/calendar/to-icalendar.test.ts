import { CounterMetrics, ringRejects } from '@sluice/pipeline';
import { concat, from, lastValueFrom, NEVER, of, Subject, throwError, toArray } from 'rxjs';
import { metricNames } from '../metrics.ts';
import { calendarFaults } from '../testing/calendar-faults.ts';
import { commit, commits } from '../testing/commit.ts';
import { readEvents } from '../testing/read-events.ts';
import { toICalendar } from './to-icalendar.ts';

const pieces = (...args: Parameters<typeof toICalendar>) => toICalendar(...args);

test('gives a whole calendar in pieces of about 64 KiB, each of whole events', async () => {
  const parts = await lastValueFrom(from(commits(0, 1000)).pipe(pieces(), toArray()));
  expect(calendarFaults(parts.join(''))).toEqual([]);
  expect(readEvents(parts.join(''))).toHaveLength(1000);
  expect(parts.length).toBeGreaterThan(3);
  for (const part of parts.slice(0, -1)) {
    expect(part.length).toBeGreaterThan(60_000);
    expect(part.length).toBeLessThan(70_000);
    expect(part.endsWith('END:VEVENT\r\n')).toBe(true);
  }
});

test('gives an empty calendar for nothing', async () => {
  const text = await lastValueFrom(of<never>().pipe(pieces({ name: 'none' })));
  expect(calendarFaults(text)).toEqual([]);
});

test('rejects what cannot be written and a uid that comes twice, and counts everything', async () => {
  const rejects = ringRejects(10);
  const metrics = new CounterMetrics();
  const given = [
    commit(1),
    commit(2, { startMs: 1e18 }),
    commit(1, { title: 'again' }),
    commit(3),
    commit(4, { removed: true }),
  ];
  const text = await lastValueFrom(from(given).pipe(pieces({ rejects, metrics })));
  expect(readEvents(text).map((event) => event.get('UID'))).toEqual(['r1@repository', 'r3@repository']);
  expect(rejects.last.map(({ component, code, value }) => [component, code, value])).toEqual([
    ['ical-sink', 'ERR_ICAL_SINK_DATE', 'r2@repository'],
    ['ical-sink', 'ERR_ICAL_SINK_DUPLICATE', 'r1@repository'],
  ]);
  expect(metrics.snapshot()).toEqual({
    [metricNames.taken]: 5,
    [metricNames.written]: 2,
    [metricNames.rejected]: 2,
    [metricNames.skipped]: 1,
  });
});

test('an abort finishes the calendar', async () => {
  const abort = new AbortController();
  const result = lastValueFrom(concat(of(commit(1)), NEVER).pipe(pieces({ signal: abort.signal }), toArray()));
  abort.abort();
  expect(calendarFaults((await result).join(''))).toEqual([]);
  expect(readEvents((await result).join(''))).toHaveLength(1);
});

test('an error of the source passes on, and nothing looks finished', async () => {
  const parts: string[] = [];
  const failing = concat(
    from(commits(0, 500)),
    throwError(() => new Error('lost')),
  );
  const ended = new Promise((resolve) =>
    failing.pipe(pieces()).subscribe({ next: (part) => parts.push(part), error: resolve }),
  );
  expect(await ended).toEqual(new Error('lost'));
  expect(parts.join('')).not.toContain('END:VCALENDAR');
});

test('unsubscribing lets go of the source', () => {
  const source = new Subject<ReturnType<typeof commit>>();
  source.pipe(pieces()).subscribe().unsubscribe();
  expect(source.observed).toBe(false);
});
