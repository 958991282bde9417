import { CalDavCalendar } from './caldav-calendar.ts';
import { loadTsDav } from './load-tsdav.ts';
import { toCalDav } from './to-caldav.ts';

const url = 'https://dav.test/';

test.each([
  [{ url: 'dav.test' }, /^url must be an address of http: or https:, not "dav\.test"$/],
  [{ url: 'file:///etc/passwd' }, /^url must be/],
  [{ url: 'https://alice:secret@dav.test/x' }, /^url must be without credentials: .*, not "https:\/\/dav\.test\/x"$/],
  [{ url, username: 'alice' }, /^password must be given where username is/],
  [{ url, password: 'secret' }, /^username must be given where password is/],
  [{ url, username: 'a:b', password: 'secret' }, /^username must be without a colon/],
  [{ url, bearerToken: 'x', username: 'alice' }, /^bearerToken must be alone/],
  [{ url, bearerToken: 'secret\r\nX: y' }, /^bearerToken must be a token/],
  [{ url: 'http://dav.test/', username: 'alice', password: 'secret' }, /^url must be https: .*allowPlainText/],
  [{ url, calendar: 'https://other.test/c/' }, /^calendar must be .* at https:\/\/dav\.test, not/],
  [{ url, calendar: '//other.test/c/' }, /^calendar must be/],
  [{ url, calendar: ' ' }, /^calendar must be/],
  [{ url, concurrency: 0 }, /^concurrency must be/],
  [{ url, timeoutMs: 0 }, /^timeoutMs must be/],
  [{ url, retries: -1 }, /^retries must be/],
  [{ url, slotMs: 0.5 }, /^slotMs must be/],
])('%j is refused, without a word of the password', async (options, message) => {
  const refused = CalDavCalendar.open(options);
  await expect(refused).rejects.toMatchObject({
    code: 'ERR_ICAL_SINK_OPTION',
    message: expect.stringMatching(message),
  });
  await expect(refused).rejects.toThrow(/^((?!secret).)*$/);
});

test('a stream is refused at the call', () => {
  expect(() => toCalDav({ url: 'x' })).toThrow(/^url must be/);
  expect(() => toCalDav({ url, maxQueued: 0 })).toThrow(/^maxQueued must be/);
});

test('without tsdav an error says what to install', async () => {
  const absent: string = 'tsdav-that-is-not-installed';
  const missing = loadTsDav(() => import(absent));
  await expect(missing).rejects.toMatchObject({
    code: 'ERR_ICAL_SINK_MISSING',
    message: 'CalDAV needs the package tsdav, which cannot be loaded; run: npm install tsdav@^2.3.4',
    cause: expect.anything(),
  });
});
