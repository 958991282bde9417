import { CounterMetrics, ringRejects } from '@sluice/pipeline';
import { CalDavCalendar } from './caldav-calendar.ts';
import type { CalDavOptions } from './caldav-options.ts';
import { activity } from './testing/activity.ts';
import { end, pathOf } from './testing/fake-answers.ts';
import { FakeDav, type Seen } from './testing/fake-dav.ts';

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
