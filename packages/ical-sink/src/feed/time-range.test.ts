import { gunzipSync } from 'node:zlib';
import { fixedClock } from '@sluice/pipeline';
import { activity, ask, day, noon, served, some, summaries } from './testing/serve-feed.ts';

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
