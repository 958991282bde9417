import { CalendarFeed } from './calendar-feed.ts';
import { feedToken } from './feed-options.ts';
import { ask, listen, served } from './testing/serve-feed.ts';

const token = 'correct-horse-battery-staple';

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
    const origin = await listen((request, response) => {
      if (!feed.handle(request, response)) response.writeHead(418).end('a page');
    });
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
