import { execFile } from 'node:child_process';
import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { type Activity, CounterMetrics, fixedClock, ringRejects } from '@sluice/pipeline';
import ICAL from 'ical.js';
import { describeWith, program } from '../../../../tools/testing/describe-with.ts';
import { CalendarFeed } from './calendar-feed.ts';
import { type CalendarFeedOptions, feedToken } from './feed-options.ts';

const token = 'correct-horse-battery-staple';
const noon = Date.parse('2024-03-01T12:00:00Z');
const day = 86_400_000;
const activity = (n: number, more: Partial<Activity> = {}): Activity => ({
  uid: `${n}@test`,
  source: { kind: 'git', id: 'git' },
  startMs: noon + n * day,
  title: `commit ${n}`,
  ...more,
});
const some = [activity(0), activity(1), activity(2)];

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

/** A server with nothing but the feed. */
async function serve(feed: CalendarFeed): Promise<string> {
  const listening = createServer(feed.requestListener);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

async function served(options: CalendarFeedOptions = {}, activities: readonly Activity[] = some) {
  const feed = new CalendarFeed(options);
  feed.put(activities);
  return { feed, url: `${await serve(feed)}${feed.path}` };
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A request as it is, without what fetch adds and undoes. */
const ask = (url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const request = httpRequest(url, { method, headers, agent: false }, async (response) => {
      const pieces: Buffer[] = [];
      for await (const piece of response) pieces.push(piece);
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces) });
    });
    request.on('error', reject).end();
  });

/** Summaries of a calendar's events in their order. */
function summaries(body: Buffer | string): string[] {
  const [, , events] = ICAL.parse(String(body)) as [string, unknown[], [string, [string, object, string, string][]][]];
  return events.map(([, properties]) => properties.find(([name]) => name === 'summary')?.[3] ?? '');
}

describe('a feed', () => {
  test('is a calendar that another reader reads, in the order of time whatever order it was put in', async () => {
    const { url } = await served({ name: 'Commits, mine', refreshMs: 3_600_000 }, [
      activity(2),
      activity(0),
      activity(1),
    ]);
    const response = await fetch(url);
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('inline; filename="calendar.ics"');
    expect(response.headers.get('cache-control')).toContain('private');
    const body = await response.text();
    expect(summaries(body)).toEqual(['commit 0', 'commit 1', 'commit 2']);
    expect(body).toContain('X-WR-CALNAME:Commits\\, mine\r\n');
    expect(body).not.toContain('METHOD');
  });

  test('has the same text and version in a second process that got the activities in another order and in parts', () => {
    const first = new CalendarFeed();
    first.put(some);
    const second = new CalendarFeed();
    for (const one of some.toReversed()) second.put([one, activity(7)]);
    second.put([activity(7, { removed: true })]);
    expect(second.version).toBe(first.version);
  });

  test('gives 304 to one who has it, and all of it to one who has not', async () => {
    const { feed, url } = await served();
    const etag = (await ask(url)).headers.etag ?? '';
    expect(etag).toMatch(/^"[^"]+"$/);
    for (const having of [etag, `W/${etag}`, `"other, one", ${etag}`, '*']) {
      const { status, headers, body } = await ask(url, { 'If-None-Match': having });
      expect({ having, status, etag: headers.etag, bytes: body.length }).toEqual({
        having,
        status: 304,
        etag,
        bytes: 0,
      });
    }
    expect((await ask(url, { 'If-None-Match': '"other"' })).status).toBe(200);
    feed.put([activity(3)]);
    const changed = await ask(url, { 'If-None-Match': etag });
    expect(changed.status).toBe(200);
    expect(summaries(changed.body)).toHaveLength(4);
  });

  test('keeps its version when what it has is put again, and what is older than it', () => {
    const feed = new CalendarFeed();
    feed.put([activity(0, { sequence: 2, title: 'new' })]);
    const { version } = feed;
    feed.put([activity(0, { sequence: 2, title: 'new' })]);
    feed.put([activity(0, { sequence: 1, title: 'old' })]);
    expect(feed.version).toBe(version);
    feed.put([activity(0, { sequence: 3, title: 'newer' })]);
    expect(feed.version).not.toBe(version);
    expect(feed.size).toBe(1);
  });

  test('tells when it changed once that second is over, and gives 304 by it unless a tag says otherwise', async () => {
    let nowMs = noon + 500;
    const { feed, url } = await served({ clock: { nowMs: () => nowMs } });
    expect((await ask(url)).headers['last-modified']).toBeUndefined();
    nowMs += 500;
    const modified = 'Fri, 01 Mar 2024 12:00:00 GMT';
    expect((await ask(url)).headers['last-modified']).toBe(modified);
    const status = async (headers: Record<string, string>) => (await ask(url, headers)).status;
    expect(await status({ 'If-Modified-Since': modified })).toBe(304);
    expect(await status({ 'If-Modified-Since': 'Fri, 01 Mar 2024 11:59:59 GMT' })).toBe(200);
    expect(await status({ 'If-Modified-Since': 'yesterday' })).toBe(200);
    expect(await status({ 'If-Modified-Since': modified, 'If-None-Match': '"other"' })).toBe(200);
    nowMs += 5000;
    feed.put([activity(3)]);
    nowMs += 1000;
    expect(await status({ 'If-Modified-Since': modified })).toBe(200);
  });

  test.each([
    ['gzip', true],
    ['deflate, gzip;q=0.5', true],
    ['*', true],
    ['x-gzip', true],
    ['identity;q=0.2, gzip;q=0.3', true],
    ['identity, gzip;q=0.3', false],
    ['gzip;q=0', false],
    ['*;q=0', false],
    ['gzip;q=2', false],
    ['deflate, br', false],
    ['', false],
  ])('compresses for "%s": %s', async (accepted, isGzipped) => {
    const { url } = await served();
    const { headers, body } = await ask(url, { 'Accept-Encoding': accepted });
    expect(headers['content-encoding']).toBe(isGzipped ? 'gzip' : undefined);
    expect(headers.vary).toBe('Accept-Encoding');
    expect(Number(headers['content-length'])).toBe(body.length);
    expect(summaries(isGzipped ? gunzipSync(body) : body)).toHaveLength(3);
  });

  test('has another strong tag compressed, and 304 for either', async () => {
    const { url } = await served();
    const plain = (await ask(url)).headers.etag ?? '';
    const gzipped = (await ask(url, { 'Accept-Encoding': 'gzip' })).headers.etag ?? '';
    expect(gzipped).not.toBe(plain);
    expect((await ask(url, { 'If-None-Match': gzipped })).status).toBe(304);
    expect((await ask(url, { 'If-None-Match': plain, 'Accept-Encoding': 'gzip' })).status).toBe(304);
  });

  test('answers HEAD as GET, without the body', async () => {
    const { url } = await served();
    const get = await ask(url);
    const head = await ask(url, {}, 'HEAD');
    expect(head.body).toHaveLength(0);
    expect({ ...head.headers, date: '' }).toEqual({ ...get.headers, date: '' });
  });

  test('refuses other methods and says which there are', async () => {
    const { url } = await served();
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND']) {
      const { status, headers } = await ask(url, {}, method);
      expect({ method, status, allow: headers.allow }).toEqual({ method, status: 405, allow: 'GET, HEAD' });
    }
  });
});

describe('a range of a feed', () => {
  // Blocks of five minutes that end at noon of 1, 2 and 3 March, and a ban from 1 to 3 March.
  const ban = activity(0, { uid: 'ban@test', title: 'ban', endMs: noon + 2 * day });
  const all = ['commit 0', 'ban', 'commit 1', 'commit 2'];

  test.each([
    ['', all],
    ['?other=1', all],
    ['?from=2024-03-02', ['ban', 'commit 1', 'commit 2']],
    ['?to=2024-03-02', ['commit 0', 'ban', 'commit 1']],
    ['?from=2024-03-02&to=2024-03-02', ['ban', 'commit 1']],
    ['?from=2024-03-03T12:00Z', []],
    ['?from=2024-03-03T11:59:59Z', ['ban', 'commit 2']],
    ['?to=2024-03-01T11:55:00Z', []],
    ['?to=2024-03-01T12:55:01%2B01:00', ['commit 0']],
    ['?to=2024-03-01T12:55:01+01:00', ['commit 0']],
    ['?days=1', ['ban', 'commit 2']],
    ['?days=36500', all],
  ])('%s has what lies in it, wholly or partly', async (query, expected) => {
    const { url } = await served({ clock: fixedClock(noon + 2 * day + 7_200_000) }, [...some, ban]);
    const { status, body } = await ask(`${url}${query}`);
    expect(status).toBe(200);
    expect(summaries(body)).toEqual(expected);
  });

  test.each([
    '?from=yesterday',
    '?from=',
    '?to=2024-02-30',
    '?to=2024-13-01',
    '?from=2024-03-02T25:00Z',
    '?from=2024-03-02T12:00',
    '?from=2024-03-02&to=2024-03-01',
    '?from=2024-03-02&from=2024-03-03',
    '?days=0',
    '?days=-1',
    '?days=1e3',
    '?days=36501',
    '?days=7&from=2024-03-02',
    `?from=${'9'.repeat(60)}`,
    '?from=%0d%0aX-Evil:%201',
  ])('%s is refused with a reason', async (query) => {
    const { url } = await served();
    const { status, headers, body } = await ask(`${url}${query}`);
    expect(status).toBe(400);
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(body.toString()).toMatch(/^(?:from|to|days) [^\r\n]{10,160}\n$/);
  });

  test('has a version of its own, and no Last-Modified where it moves with the clock', async () => {
    let nowMs = noon + 10 * day;
    const { url } = await served({ clock: { nowMs: () => nowMs } });
    nowMs += 5000;
    const whole = await ask(url);
    const part = await ask(`${url}?from=2024-03-02`);
    const same = await ask(`${url}?from=2024-03-01T13:00Z`);
    const window = await ask(`${url}?days=9`);
    expect(part.headers.etag).not.toBe(whole.headers.etag);
    expect(same.headers.etag).toBe(part.headers.etag);
    expect(part.headers['last-modified']).toBe(whole.headers['last-modified']);
    expect(window.headers['last-modified']).toBeUndefined();
    nowMs += 2 * day;
    expect((await ask(`${url}?days=9`, { 'If-None-Match': window.headers.etag ?? '' })).status).toBe(200);
  });

  test('can be compressed', async () => {
    const { url } = await served();
    const { headers, body } = await ask(`${url}?from=2024-03-02`, { 'Accept-Encoding': 'gzip' });
    expect(headers['content-encoding']).toBe('gzip');
    expect(summaries(gunzipSync(body))).toEqual(['commit 1', 'commit 2']);
  });
});

describe('the secret path', () => {
  test('leads to the calendar, and every other is answered as if nothing were there', async () => {
    const { feed, url } = await served({ token });
    expect((await ask(url)).status).toBe(200);
    const { origin } = new URL(url);
    const nothing = await ask(`${origin}/nothing`);
    const others = [
      '/calendar.ics',
      '/wrong-horse-battery-staples/calendar.ics',
      `/${token.slice(0, -1)}/calendar.ics`,
      `/${token}x/calendar.ics`,
      `/${token}`,
      `/${token}/`,
      `/${token}/calendar.ics/`,
      `/${token}/../${token}/x/calendar.ics`,
      `/x/${token}/calendar.ics`,
      `/${token.toUpperCase()}/calendar.ics`,
      `/%63orrect-horse-battery-staple/calendar.ics`,
      '//calendar.ics',
    ];
    for (const other of others) {
      const { status, headers, body } = await ask(`${origin}${other}?from=nonsense`, { 'If-None-Match': '*' });
      expect({ other, status, body, headers: { ...headers, date: '' } }).toEqual({
        other,
        status: 404,
        body: nothing.body,
        headers: { ...nothing.headers, date: '' },
      });
    }
    expect((await ask(`${origin}/calendar.ics`, {}, 'POST')).status).toBe(404);
    expect(feed.path).toBe(`/${token}/calendar.ics`);
  });

  test('leaves what is not its own to the server it is part of, without a byte written', async () => {
    const feed = new CalendarFeed({ token, path: '/my/calendar.ics' });
    const listening = createServer((request, response) => {
      if (!feed.handle(request, response)) response.writeHead(418).end('a page');
    });
    server = listening;
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
    expect((await ask(`${origin}/`)).body.toString()).toBe('a page');
    expect((await ask(`${origin}/my/calendar.ics`)).status).toBe(418);
    expect((await ask(`${origin}/${token}/my/calendar.ics`)).status).toBe(200);
  });

  test('is made of characters that need no encoding, and never the same', () => {
    const tokens = new Set(Array.from({ length: 100 }, feedToken));
    expect(tokens.size).toBe(100);
    for (const one of tokens) expect(new CalendarFeed({ token: one }).path).toBe(`/${one}/calendar.ics`);
  });

  test.each([
    [{ token: 'short' }, /token must be 16 to 256/],
    [{ token: 'with/slash/in/the/middle' }, /token must be/],
    [{ path: 'calendar.ics' }, /path must be .*, not "calendar.ics"/],
    [{ path: '/../etc/passwd' }, /path must be/],
    [{ path: '/a"b.ics' }, /path must be/],
    [{ maxEvents: 0 }, /maxEvents must be/],
    [{ maxBytes: 1 }, /maxBytes must be/],
    [{ slotMs: -1 }, /slotMs must be/],
  ])('and options that make no feed are refused: %j', (options, message) => {
    expect(() => new CalendarFeed(options)).toThrow(message);
    expect(() => new CalendarFeed(options)).toThrow(expect.objectContaining({ code: 'ERR_ICAL_SINK_OPTION' }));
  });

  test('and a refused token is not told', () => {
    expect(() => new CalendarFeed({ token: 'geheim' })).toThrow(/^((?!geheim).)*$/);
  });
});

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
