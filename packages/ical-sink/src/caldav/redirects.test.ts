import type { ServerResponse } from 'node:http';
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
