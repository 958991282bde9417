import { once } from 'node:events';
import { connect } from 'node:net';
import type { Activity } from '@sluice/pipeline';
import type { ServeOptions } from './serve-options.ts';
import { type Answered, ask } from './testing/ask.ts';
import { madeActivities } from './testing/made-activities.ts';
import { type Served, serve } from './testing/serve.ts';

const token = 'a-secret-of-32-characters-or-so_';
const made = madeActivities(300);
const running: Served[] = [];

const start = async (...args: Parameters<typeof serve>): Promise<string> => {
  const served = await serve(...args);
  running.push(served);
  return served.url;
};

afterEach(async () => {
  await Promise.all(running.splice(0).map((served) => served.stop()));
});

const statsOf = async (url: string): Promise<Record<string, unknown>> =>
  JSON.parse((await ask(`${url}api/stats`)).body);

/** Asks until the numbers are as wanted; Jest's timeout is the end of its patience. */
async function statsWhen(
  url: string,
  isWanted: (stats: Record<string, unknown>) => boolean,
): Promise<Record<string, unknown>> {
  for (;;) {
    const stats = await statsOf(url);
    if (isWanted(stats)) return stats;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const isComplete = ({ state }: Record<string, unknown>): boolean => state === 'complete';

describe('what is served', () => {
  test('the page, with every file that it names and imports', async () => {
    const url = await start(made);
    const seen = new Set<string>();
    const visit = async (path: string): Promise<void> => {
      if (seen.has(path)) return;
      seen.add(path);
      const { status, headers, body } = await ask(url + path);
      expect([path, status]).toEqual([path, 200]);
      expect(headers['content-type']).toMatch(
        /^(?:text\/(?:html|css|javascript|calendar); charset=utf-8|image\/svg\+xml)$/,
      );
      const names = path === '' ? /(?:src|href)="([^"#]+)"/g : /from '\.\/([^']+)'/g;
      for (const [, name = ''] of body.matchAll(names)) await visit(name);
    };
    await visit('');
    expect([...seen].sort()).toEqual(
      expect.arrayContaining([
        '',
        'calendar.ics',
        'heatmap.js',
        'icon.svg',
        'page.js',
        'style.css',
        'calendar-year.js',
      ]),
    );
  });

  test('numbers that say who, when and how much, and how the reading is', async () => {
    const url = await start(made);
    const stats = await statsWhen(url, isComplete);
    expect(stats).toMatchObject({ name: 'Work of the team', total: 300, dropped: 0, undated: 0, problems: [] });
    expect(stats['byAuthor']).toHaveProperty('Ada Lovelace');
    const { activities } = JSON.parse(
      (await ask(`${url}api/activities?limit=2`, { path: '/api/activities?limit=2' })).body,
    );
    expect(activities).toHaveLength(2);
  });

  test('the feed, with the name of the calendar and an event for each activity', async () => {
    const url = await start(made);
    await statsWhen(url, isComplete);
    const { status, headers, body } = await ask(`${url}calendar.ics`);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(body.match(/^BEGIN:VEVENT\r$/gm)).toHaveLength(300);
    expect(body).toContain('X-WR-CALNAME:Work of the team\r\n');
  });

  test('only what is on the list of files: no path leads elsewhere', async () => {
    const url = await start(made);
    const paths = [
      '/../package.json',
      '/%2e%2e/package.json',
      '//style.css',
      '/style.css/',
      '/page',
      '/src/main.ts',
      '/./page.js',
    ];
    for (const path of [
      ...paths,
      '/__proto__',
      '/constructor',
      '/api',
      '/api/',
      '/api/stats/',
      '*',
      'http://127.0.0.1/',
    ])
      expect([path, (await ask(url, { path })).status]).toEqual([path, 404]);
  });

  test('every answer carries the headers that keep scripts, frames and the address in', async () => {
    const url = await start(made);
    for (const path of [
      '/',
      '/page.js',
      '/api/stats',
      '/api/activities?limit=x',
      '/calendar.ics',
      '/healthz',
      '/nothing',
    ]) {
      const { headers } = await ask(url, { path });
      expect(headers).toMatchObject({
        'content-security-policy':
          "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': expect.stringMatching(/no-cache|no-store/),
      });
    }
  });

  test('a bad query is answered in words', async () => {
    const url = await start(made);
    const { status, body } = await ask(url, { path: '/api/activities?from=yesterday' });
    expect([status, JSON.parse(body)]).toEqual([400, { error: 'from must be a day, as 2024-02-29' }]);
    expect((await ask(url, { path: '/api/stats?to=2023-02-29' })).status).toBe(400);
  });

  test('HEAD has the length and no body; other methods are refused without reading what they bring', async () => {
    const url = await start(made);
    const head = await ask(`${url}style.css`, { method: 'HEAD' });
    expect([head.status, head.body, Number(head.headers['content-length']) > 100]).toEqual([200, '', true]);
    for (const path of ['/', '/api/stats', '/calendar.ics', '/nothing']) {
      const { status, headers } = await ask(url, { path, method: 'POST', body: 'x'.repeat(1000) });
      expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
    }
  });
});

describe('what has not changed is not sent again', () => {
  const ifNoneMatch = (url: string, tag: string): Promise<Answered> => ask(url, { headers: { 'If-None-Match': tag } });

  test('files of the page and numbers have tags', async () => {
    const url = await start(made);
    await statsWhen(url, isComplete);
    for (const path of ['', 'page.js', 'api/stats']) {
      const { etag = '' } = (await ask(url + path)).headers;
      expect(etag).toMatch(/^"[\w-]+"$/);
      for (const tag of [etag, `"other", W/${etag}`, '*']) {
        const { status, body } = await ifNoneMatch(url + path, tag);
        expect([path, tag, status, body]).toEqual([path, tag, 304, '']);
      }
      expect((await ifNoneMatch(url + path, '"other"')).status).toBe(200);
    }
  });

  test('new activities, another query and a new problem are other numbers', async () => {
    const later: ((batch: readonly Activity[]) => void)[] = [];
    const problems: string[] = [];
    async function* follow(): AsyncGenerator<readonly Activity[]> {
      yield made.slice(0, 10);
      for (;;) yield await new Promise<readonly Activity[]>((resolve) => later.push(resolve));
    }
    const url = await start(follow(), { problems: () => problems });
    await statsWhen(url, ({ total }) => total === 10);
    const tagOf = async (path: string): Promise<string> => (await ask(url, { path })).headers.etag ?? '';
    const first = await tagOf('/api/stats');
    expect(await tagOf('/api/stats')).toBe(first);
    const tags = [first, await tagOf('/api/stats?author=Ada+Lovelace')];
    problems.push('calendar.yaml:7: cannot read\nthe repository');
    tags.push(await tagOf('/api/stats'));
    expect((await statsOf(url))['problems']).toEqual(['calendar.yaml:7: cannot read']);
    later[0]?.(made.slice(0, 12));
    expect(await statsWhen(url, ({ total }) => total === 12)).toMatchObject({ state: 'reading' });
    tags.push(await tagOf('/api/stats'));
    expect(new Set(tags).size).toBe(4);
  });
});

describe('who may read', () => {
  test('with a secret everything is below it, and a wrong one finds nothing, as if there were nothing', async () => {
    const url = await start(made, { token });
    expect(new URL(url).pathname).toBe(`/${token}/`);
    for (const path of ['', 'style.css', 'api/stats', 'api/activities', 'calendar.ics', 'healthz'])
      expect([path, (await ask(url + path)).status]).toEqual([path, 200]);
    const { status, headers } = await ask(url, { path: `/${token}` });
    expect([status, headers.location]).toEqual([308, `/${token}/`]);
    const shape = ({ status, headers, body }: Answered): unknown => ({
      status,
      body,
      headers: { ...headers, date: '' },
    });
    const nothing = shape(await ask(url, { path: '/nothing/at/all' }));
    const wrong = [
      '/',
      '/style.css',
      '/api/stats',
      '/calendar.ics',
      '/healthz',
      `/${token.slice(1)}/`,
      `/${token}x/`,
      `/x${token}/`,
    ];
    for (const path of [...wrong, `//${token}/`, `/${token.toUpperCase()}/calendar.ics`])
      expect([path, shape(await ask(url, { path }))]).toEqual([path, nothing]);
    const posted = await ask(url, { path: '/wrong/', method: 'POST', body: 'x' });
    expect(posted.status).toBe(404);
  });

  test('a name of a stranger that points to this machine is not answered to', async () => {
    const url = await start(made, { allowedHosts: ['calendar.example.org'] });
    const statusFor = async (Host: string): Promise<number> => (await ask(url, { headers: { Host } })).status;
    expect(await Promise.all(['evil.example', 'evil.example:80', '127.0.0.1.evil.example'].map(statusFor))).toEqual([
      421, 421, 421,
    ]);
    expect(await Promise.all(['localhost', 'calendar.example.org', '[::1]:9'].map(statusFor))).toEqual([200, 200, 200]);
  });

  test('headers of more than 8 KiB are refused', async () => {
    const url = await start(made);
    expect((await ask(url, { headers: { 'X-Long': 'x'.repeat(9000) } })).status).toBe(431);
  });
});

describe('when something goes wrong', () => {
  test('a source that fails leaves what was read, and the reason', async () => {
    async function* failing(): AsyncGenerator<readonly Activity[]> {
      yield made.slice(0, 5);
      throw new Error('the repository is gone\nand more');
    }
    const url = await start(failing());
    expect(await statsWhen(url, ({ state }) => state === 'failed')).toMatchObject({
      total: 5,
      problems: ['the repository is gone'],
    });
    expect((await ask(`${url}calendar.ics`)).body.match(/BEGIN:VEVENT/g)).toHaveLength(5);
  });

  test('beyond maxActivities the oldest are dropped and counted, in the numbers and in the feed', async () => {
    const url = await start(made, { maxActivities: 100 });
    expect(await statsWhen(url, isComplete)).toMatchObject({ total: 100, dropped: 200 });
    expect((await ask(`${url}calendar.ics`)).body.match(/BEGIN:VEVENT/g)).toHaveLength(100);
  });

  test('an activity without a date is counted, and nobody falls over it', async () => {
    const rejected: string[] = [];
    const rejects: NonNullable<ServeOptions['rejects']> = { next: ({ code }) => rejected.push(code) };
    const url = await start([{ ...(made[0] as Activity), startMs: Number.NaN }, ...made.slice(1, 3)], { rejects });
    expect(await statsWhen(url, isComplete)).toMatchObject({ total: 2, undated: 1, problems: [] });
    expect(rejected).toEqual(['ERR_ICAL_SINK_DATE']);
  });

  test('a port that is taken: what to do about it', async () => {
    const { port } = new URL(await start(made));
    await expect(serve(made, { port: Number(port) })).rejects.toMatchObject({
      code: 'ERR_ACTIVITY_CALENDAR_SERVE',
      message: `cannot listen on 127.0.0.1 port ${port} (EADDRINUSE); stop what listens there, or give another port (0 for any that is free)`,
    });
  });

  test.each<[Partial<ServeOptions>, RegExp]>([
    [{ port: 65_536 }, /^port must be an integer from 0 to 65535, not 65536$/],
    [{ port: Number.NaN }, /^port must/],
    [{ host: '' }, /^host must be an address or a name, not ""$/],
    [{ token: 'short' }, /^token must be 16 to 256 letters, digits, "_" or "-", and this one is not$/],
    [{ token: 'sixteen-letters/../x' }, /^token must/],
    [{ maxActivities: 0 }, /^maxActivities must/],
    [{ allowedHosts: ['https://example.org'] }, /^allowedHosts must be names without port/],
  ])('%j is refused', async (options, message) => {
    await expect(serve(made, options)).rejects.toThrow(message);
  });
});

describe('the end', () => {
  const connected = async (url: string, text: string): Promise<{ readonly closed: Promise<unknown> }> => {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port) });
    socket.on('error', () => {});
    await once(socket, 'connect');
    socket.write(text);
    return { closed: once(socket.resume(), 'close') };
  };

  test('comes with connections open: idle, in the middle of a request, and never reading its answer', async () => {
    const served = await serve(madeActivities(20_000));
    await statsWhen(served.url, isComplete);
    const connections: { readonly closed: Promise<unknown> }[] = [];
    for (const text of ['', 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n', 'GET / HTTP/1.1\r\nHost: loc'])
      connections.push(await connected(served.url, text));
    const { hostname, port } = new URL(served.url);
    const deaf = connect({ host: hostname, port: Number(port) });
    deaf.on('error', () => {});
    deaf.pause();
    deaf.write('GET /calendar.ics HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(deaf, 'connect');
    await served.stop();
    await Promise.all(connections.map(({ closed }) => closed));
    deaf.destroy();
    await expect(ask(served.url)).rejects.toThrow(/ECONNREFUSED/);
  });

  test('comes while a source says nothing, and lets it close what it has open', async () => {
    let isClosed = false;
    const silent: AsyncIterable<readonly Activity[]> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => {}),
        return: async () => {
          isClosed = true;
          return { done: true, value: undefined };
        },
      }),
    };
    const served = await serve(silent);
    expect(await statsOf(served.url)).toMatchObject({ state: 'reading', total: 0 });
    await served.stop();
    expect(isClosed).toBe(true);
  });

  test('comes before the beginning when the signal aborted before: nothing is listened on', async () => {
    const abort = new AbortController();
    abort.abort();
    let isListening = false;
    const { startServer } = await import('./start-server.ts');
    await startServer({
      activities: (async function* () {})(),
      host: '127.0.0.1',
      port: 0,
      calendar: {},
      signal: abort.signal,
      onListening: () => {
        isListening = true;
      },
    });
    expect(isListening).toBe(false);
  });
});
