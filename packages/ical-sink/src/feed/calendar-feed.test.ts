import { gunzipSync } from 'node:zlib';
import { CalendarFeed } from './calendar-feed.ts';
import { activity, ask, noon, served, some, summaries } from './testing/serve-feed.ts';

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
