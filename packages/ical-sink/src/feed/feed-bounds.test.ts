import { execFile } from 'node:child_process';
import { request as httpRequest } from 'node:http';
import { promisify } from 'node:util';
import { type Activity, CounterMetrics, ringRejects } from '@sluice/pipeline';
import { describeWith, program } from '../../../../tools/testing/describe-with.ts';
import { CalendarFeed } from './calendar-feed.ts';
import { activity, ask, day, noon, served, summaries } from './testing/serve-feed.ts';

const token = 'correct-horse-battery-staple';

describe('the bounds of a feed', () => {
  test('drop what ended first, and count it', async () => {
    const metrics = new CounterMetrics();
    const lasting = activity(0, { uid: 'ban@test', title: 'ban', endMs: noon + 100 * day });
    const { feed, url } = await served({ maxEvents: 3, metrics }, [
      activity(5),
      lasting,
      activity(1),
      activity(3),
      activity(4),
    ]);
    expect(summaries((await ask(url)).body)).toEqual(['ban', 'commit 4', 'commit 5']);
    feed.put([activity(2)]);
    expect(summaries((await ask(url)).body)).toEqual(['ban', 'commit 4', 'commit 5']);
    expect(metrics.get('ical_sink_dropped_events_total')).toBe(3);
  });

  test('hold by bytes too', () => {
    const feed = new CalendarFeed({ maxBytes: 4096 });
    for (let n = 0; n < 1000; n += 1) feed.put([activity(n)]);
    expect(feed.size).toBeGreaterThan(10);
    expect(feed.size).toBeLessThan(40);
  });

  test('keep what a list by hand keeps, whatever is put, changed and taken out', () => {
    const feed = new CalendarFeed({ maxEvents: 50, slotMs: 0 });
    const byHand = new Map<string, Activity>();
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    for (let step = 0; step < 3000; step += 1) {
      const one = activity(random(120), { endMs: noon + random(1000) * day + 200 * day, removed: random(10) === 0 });
      feed.put([one]);
      byHand.delete(one.uid);
      if (one.removed !== true) byHand.set(one.uid, one);
      const ends = [...byHand.values()].sort((a, b) => (a.endMs ?? 0) - (b.endMs ?? 0) || (a.uid < b.uid ? -1 : 1));
      for (const { uid } of ends.slice(0, Math.max(0, ends.length - 50))) byHand.delete(uid);
    }
    const expected = new CalendarFeed({ slotMs: 0 });
    expected.put([...byHand.values()]);
    expect(feed.size).toBe(50);
    expect(feed.version).toBe(expected.version);
  });

  test('reject what cannot be an event, and keep the rest', () => {
    const rejects = ringRejects(9);
    const metrics = new CounterMetrics();
    const feed = new CalendarFeed({ maxBytes: 4096, rejects, metrics });
    feed.put([
      activity(1, { startMs: Number.NaN }),
      activity(2, { startMs: 253_402_300_800_000 }),
      activity(3, { text: 'x'.repeat(5000) }),
      activity(4),
      activity(5, { removed: true }),
    ]);
    expect(rejects.last.map(({ code }) => code)).toEqual([
      'ERR_ICAL_SINK_DATE',
      'ERR_ICAL_SINK_DATE',
      'ERR_ICAL_SINK_FEED',
    ]);
    expect(feed.size).toBe(1);
    expect(metrics.snapshot()).toEqual({
      ical_sink_taken_activities_total: 5,
      ical_sink_rejected_activities_total: 3,
      ical_sink_written_events_total: 1,
      ical_sink_skipped_activities_total: 1,
    });
  });
});

describe('a large feed', () => {
  const many = Array.from({ length: 20_000 }, (_, n) =>
    activity(n / 100, { uid: `${n}@test`, text: 'text '.repeat(40) }),
  );

  test('is sent whole while it changes, as it was when it was asked for', async () => {
    const { feed, url } = await served({}, many);
    const { version } = feed;
    const response = await fetch(url, { headers: { 'Accept-Encoding': 'identity' } });
    feed.put(many.map(({ uid }) => ({ ...activity(0), uid, removed: true })));
    const body = await response.text();
    expect(response.headers.get('etag')).toBe(`"${version}"`);
    expect(body.match(/^BEGIN:VEVENT\r$/gm)).toHaveLength(20_000);
    expect(body.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(feed.size).toBe(0);
  });

  test('outlives a client that goes away in the middle', async () => {
    const { url } = await served({}, many);
    for (const headers of [{}, { 'Accept-Encoding': 'gzip' }]) {
      await new Promise<void>((resolve) => {
        const request = httpRequest(`${url}?from=2000-01-01`, { headers, agent: false }, (response) => {
          response.once('data', () => response.destroy());
          response.once('close', resolve);
        });
        request.end();
      });
    }
    expect((await ask(url, {}, 'HEAD')).status).toBe(200);
  });

  describeWith([program('curl')], 'and curl', () => {
    test('reads it at an address of the scheme webcal, compressed', async () => {
      const { url } = await served({ token }, many);
      const webcal = url.replace(/^http:/, 'webcal:');
      // What every client does with a webcal address.
      const argv = ['-sSf', '--compressed', webcal.replace(/^webcal:/, 'http:')];
      const { stdout } = await promisify(execFile)('curl', argv, { maxBuffer: 1e9 });
      expect(summaries(stdout)).toHaveLength(20_000);
    });
  });
});
