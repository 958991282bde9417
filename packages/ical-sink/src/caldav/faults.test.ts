import type { ServerResponse } from 'node:http';
import { CounterMetrics, ringRejects } from '@sluice/pipeline';
import { CalDavCalendar } from './caldav-calendar.ts';
import type { CalDavOptions } from './caldav-options.ts';
import { objectName } from './dav-objects.ts';
import { activity } from './testing/activity.ts';
import { FakeDav, type Seen } from './testing/fake-dav.ts';

const end = (response: ServerResponse, status: number, headers: Record<string, string> = {}, body = ''): true => {
  response.writeHead(status, headers).end(body);
  return true;
};
const pathOf = (uid: string): string => `/home/commits/${objectName(uid)}`;

let dav: FakeDav;
beforeEach(async () => {
  dav = await new FakeDav().start();
});
afterEach(() => dav.stop());

const open = (more: Partial<CalDavOptions> = {}) =>
  CalDavCalendar.open({ url: dav.origin, calendar: 'Commits', retryPauseMs: 1, ...more });

describe('what changed on the server in between', () => {
  /** Lets another client write just before the n-th write of ours. */
  const interfere = (times: number, method: string, text: (seen: Seen) => string | undefined): void => {
    let left = times;
    dav.fault = (seen) => {
      if (seen.method !== method || left === 0) return false;
      left -= 1;
      const written = text(seen);
      if (written === undefined) dav.objects.delete(seen.path);
      else dav.store(seen.path, written);
      return false;
    };
  };

  test('is read again, and written over when it still differs', async () => {
    const calendar = await open();
    await calendar.push([activity(0)]);
    interfere(1, 'PUT', ({ body }) => body.replace('amended', 'of another'));
    const outcomes = await calendar.push([activity(0, { title: 'amended' })]);
    expect(outcomes).toEqual([{ uid: '0@test', outcome: 'updated', status: 204 }]);
    expect(dav.objects.get(pathOf('0@test'))?.text).toContain('SUMMARY:amended');
  });

  test('is left alone when another wrote the same meanwhile', async () => {
    const calendar = await open();
    interfere(1, 'PUT', ({ body }) => body);
    expect(await calendar.push([activity(0)])).toEqual([{ uid: '0@test', outcome: 'unchanged' }]);
    expect(dav.count('PUT')).toBe(1);
  });

  test('is made anew when another took it away', async () => {
    const calendar = await open();
    await calendar.push([activity(0)]);
    interfere(1, 'PUT', () => undefined);
    expect(await calendar.push([activity(0, { title: 'amended' })])).toMatchObject([
      { outcome: 'created', status: 201 },
    ]);
  });

  test('is taken out only as it was judged, and is absent when another took it out', async () => {
    const calendar = await open();
    await calendar.push([activity(0), activity(1)]);
    interfere(1, 'DELETE', () => 'something else');
    expect(await calendar.push([activity(0, { removed: true })])).toMatchObject([{ outcome: 'deleted' }]);
    interfere(1, 'DELETE', () => undefined);
    expect(await calendar.push([activity(1, { removed: true })])).toMatchObject([{ outcome: 'absent', status: 404 }]);
  });

  test('fails as a conflict when it happens again and again, and the others go on', async () => {
    const calendar = await open();
    await calendar.push([activity(0)]);
    const path = pathOf('0@test');
    interfere(99, 'PUT', (seen) => (seen.path === path ? 'of another' : undefined));
    const [conflict, other] = await calendar.push([activity(0, { title: 'amended' }), activity(1)]);
    expect(conflict).toMatchObject({ outcome: 'failed', status: 412, error: { code: 'ERR_ICAL_SINK_CONFLICT' } });
    expect(other).toMatchObject({ outcome: 'created' });
    expect(dav.objects.get(path)?.text).toBe('of another');
  });

  test('cannot be told by a server without strong tags, and is written without a condition', async () => {
    const calendar = await open();
    for (const etag of ['', '<d:getetag>W/"1"</d:getetag>']) {
      dav.objects.clear();
      await calendar.push([activity(0)]);
      dav.fault = (seen, response) => {
        if (seen.method !== 'REPORT') return false;
        const text = dav.objects.get(pathOf('0@test'))?.text;
        const props = `${etag}<c:calendar-data><![CDATA[${text}]]></c:calendar-data>`;
        const body = `<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:response><d:href>${pathOf('0@test')}</d:href><d:propstat><d:prop>${props}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>`;
        return end(response, 207, { 'Content-Type': 'text/xml' }, body);
      };
      expect(await calendar.push([activity(0, { title: 'amended' })])).toMatchObject([{ outcome: 'updated' }]);
      expect(dav.seen.at(-1)?.headers['if-match']).toBeUndefined();
      dav.fault = () => false;
    }
  });
});

describe('a server in trouble', () => {
  test('is asked again after a pause, and then has what it was given once', async () => {
    let refusals = 2;
    dav.fault = ({ method }, response) => {
      if (method !== 'PUT' || refusals === 0) return false;
      refusals -= 1;
      return end(response, refusals === 1 ? 503 : 507, { 'Retry-After': '0' });
    };
    const calendar = await open();
    expect(await calendar.push([activity(0)])).toMatchObject([{ outcome: 'created' }]);
    expect(dav.count('PUT')).toBe(3);
    expect(dav.objects.size).toBe(1);
  });

  test('is asked again when the connection broke after the work was done, and nothing is done twice', async () => {
    let breaks = 1;
    dav.fault = (seen, response) => {
      if (seen.method !== 'PUT' || breaks === 0) return false;
      breaks -= 1;
      dav.store(seen.path, seen.body);
      response.destroy();
      return true;
    };
    const calendar = await open();
    expect(await calendar.push([activity(0)])).toMatchObject([{ outcome: 'unchanged' }]);
    expect(dav.objects.get(pathOf('0@test'))?.etag).toBe('"v1"');
  });

  test('fails an event that it cannot take, with its status and words, and takes the others', async () => {
    const rejects = ringRejects(9);
    const metrics = new CounterMetrics();
    dav.fault = ({ method, body }, response) =>
      method === 'PUT' &&
      body.includes('commit 1') &&
      end(response, 403, {}, '<d:error xmlns:d="DAV:">\u001b[2J<c:valid-calendar-data/>no\r\nway</d:error>');
    const calendar = await open({ rejects, metrics });
    const outcomes = await calendar.push([activity(0), activity(1), activity(2)]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'failed', 'created']);
    expect(outcomes[1]).toMatchObject({ status: 403, error: { code: 'ERR_ICAL_SINK_CALDAV' } });
    expect(outcomes[1]?.error?.message).toMatch(/cannot be written: status 403, \[2J c:valid-calendar-data no way$/);
    expect(rejects.last).toMatchObject([{ component: 'ical-sink', code: 'ERR_ICAL_SINK_CALDAV', value: '1@test' }]);
    expect(metrics.get('ical_sink_written_events_total')).toBe(2);
    expect(metrics.get('ical_sink_rejected_activities_total')).toBe(1);
  });

  test('with an error of its own for one event is asked so often, and fails that one alone', async () => {
    dav.fault = ({ method, body }, response) => method === 'PUT' && body.includes('commit 1') && end(response, 500);
    const calendar = await open({ retries: 2 });
    const outcomes = await calendar.push([activity(0), activity(1), activity(2)]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'failed', 'created']);
    expect(dav.count('PUT')).toBe(2 + 3);
  });

  test.each([
    [503, 'ERR_ICAL_SINK_CALDAV'],
    [507, 'ERR_ICAL_SINK_CALDAV'],
    [401, 'ERR_ICAL_SINK_AUTHENTICATION'],
  ])('that answers %d from some time on fails the rest without being asked for each', async (status, code) => {
    const calendar = await open({ retries: 1, concurrency: 2 });
    dav.fault = ({ method }, response) => method === 'PUT' && dav.count('PUT') > 3 && end(response, status);
    const outcomes = await calendar.push(Array.from({ length: 300 }, (_, n) => activity(n)));
    expect(outcomes.filter(({ outcome }) => outcome === 'created')).toHaveLength(3);
    expect(outcomes.filter(({ error }) => error?.code === code)).toHaveLength(297);
    expect(dav.count('PUT')).toBeLessThan(10);
    dav.fault = () => false;
    expect((await calendar.push([activity(7)]))[0]).toMatchObject({ outcome: 'created' });
  });

  test('that does not answer is given up after the timeout', async () => {
    const calendar = await open({ timeoutMs: 50, retries: 1 });
    dav.fault = ({ method }) => method === 'PUT';
    const [outcome] = await calendar.push([activity(0)]);
    expect(outcome?.error?.code).toBe('ERR_ICAL_SINK_TIMEOUT');
    expect(outcome?.error?.message).toContain('within 50 ms');
    expect(dav.count('PUT')).toBe(2);
  });

  test('that begins to answer and stops is given up after the timeout, too', async () => {
    const calendar = await open({ timeoutMs: 50, retries: 0 });
    dav.fault = ({ method }, response) => {
      if (method !== 'REPORT') return false;
      response.writeHead(207, { 'Content-Type': 'text/xml' }).write('<d:multistatus xmlns:d="DAV:">');
      return true;
    };
    expect((await calendar.push([activity(0)]))[0]?.error?.code).toBe('ERR_ICAL_SINK_TIMEOUT');
  });

  test.each([
    ['breaks off', { 'Content-Length': '9999' }, 'ERR_ICAL_SINK_NETWORK'],
    ['is cut and claims to be whole', {}, 'ERR_ICAL_SINK_CALDAV'],
  ])('whose answer %s is not taken for one that has no events', async (_, headers, code) => {
    const calendar = await open({ retries: 1 });
    await calendar.push([activity(0)]);
    dav.fault = ({ method }, response) => {
      if (method !== 'REPORT') return false;
      response.writeHead(207, { 'Content-Type': 'text/xml', ...headers });
      response.write('<d:multistatus xmlns:d="DAV:"><d:response><d:href>/home', () =>
        'Content-Length' in headers ? response.destroy() : response.end(),
      );
      return true;
    };
    expect((await calendar.push([activity(0), activity(1)])).map(({ error }) => error?.code)).toEqual([code, code]);
    expect(dav.count('PUT')).toBe(1);
  });

  test('whose answer is beyond all bounds is not read to its end', async () => {
    const calendar = await open({ maxResponseBytes: 10_000 });
    dav.fault = ({ method }, response) =>
      method === 'REPORT' && end(response, 207, { 'Content-Type': 'text/xml' }, ' '.repeat(10_001));
    const [outcome] = await calendar.push([activity(0)]);
    expect(outcome?.error).toMatchObject({ code: 'ERR_ICAL_SINK_CALDAV', limit: 10_000 });
  });

  test('that is not there is an error that says so', async () => {
    const { origin } = dav;
    dav.stop();
    await expect(
      CalDavCalendar.open({ url: origin, calendar: 'Commits', retries: 1, retryPauseMs: 1 }),
    ).rejects.toThrow(/^cannot speak with http:\/\/127\.0\.0\.1:\d+: connect ECONNREFUSED/);
  });
});

describe('a server that sends elsewhere', () => {
  let elsewhere: FakeDav;
  beforeEach(async () => {
    elsewhere = await new FakeDav().start();
  });
  afterEach(() => elsewhere.stop());
  const credentials = { username: 'alice', password: 'secret' };

  test.each([
    [
      'by a redirect',
      (seen: Seen, response: ServerResponse) =>
        seen.path === '/home/' && end(response, 307, { Location: `${elsewhere.origin}/home/` }),
    ],
    [
      'by its .well-known',
      (seen: Seen, response: ServerResponse) => {
        if (seen.path.startsWith('/.well-known')) return end(response, 301, { Location: `${elsewhere.origin}/` });
        return seen.method === 'PROPFIND' && end(response, 404);
      },
    ],
    [
      'by the home that it names',
      (seen: Seen, response: ServerResponse) =>
        seen.path === '/me/' &&
        end(
          response,
          207,
          { 'Content-Type': 'text/xml' },
          `<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:response><d:href>/me/</d:href><d:propstat><d:prop><c:calendar-home-set><d:href>${elsewhere.origin}/home/</d:href></c:calendar-home-set></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>`,
        ),
    ],
    [
      'by the calendar that it names',
      (seen: Seen, response: ServerResponse) =>
        seen.path === '/home/' &&
        end(
          response,
          207,
          { 'Content-Type': 'text/xml' },
          `<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:response><d:href>${elsewhere.origin}/x/</d:href><d:propstat><d:prop><d:displayname>Commits</d:displayname><d:resourcetype><c:calendar/></d:resourcetype></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>`,
        ),
    ],
  ])('%s is not followed, and the other server gets no request', async (_, fault) => {
    dav.fault = fault;
    const refused = open(credentials);
    await expect(refused).rejects.toMatchObject({ code: 'ERR_ICAL_SINK_REDIRECT' });
    await expect(refused).rejects.toThrow(elsewhere.origin);
    expect(elsewhere.seen).toEqual([]);
  });

  test('for one event fails that push, and the other server gets no request', async () => {
    const calendar = await open(credentials);
    dav.fault = ({ method, path }, response) =>
      method === 'PUT' && end(response, 308, { Location: `${elsewhere.origin}${path}` });
    expect((await calendar.push([activity(0)]))[0]?.error?.code).toBe('ERR_ICAL_SINK_REDIRECT');
    expect(elsewhere.seen).toEqual([]);
  });

  test('but on itself is followed, with method, body and credentials', async () => {
    dav.fault = ({ path }, response) =>
      path.startsWith('/old/') && end(response, 308, { Location: path.replace('/old/', '/') });
    const calendar = await open({ ...credentials, calendar: '/old/home/commits/' });
    expect(await calendar.push([activity(0)])).toMatchObject([{ outcome: 'created' }]);
    expect(dav.objects.has(pathOf('0@test'))).toBe(true);
    expect(new Set(dav.seen.map(({ headers }) => headers.authorization))).toEqual(
      new Set([`Basic ${Buffer.from('alice:secret').toString('base64')}`]),
    );
  });

  test('in a circle is left', async () => {
    dav.fault = (_, response) => end(response, 302, { Location: '/' });
    await expect(open({ calendar: '/home/commits/' })).rejects.toThrow(/redirects more than 5 times/);
    expect(dav.seen).toHaveLength(6);
  });
});

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
