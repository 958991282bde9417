import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BanOutcome } from '../ban-backend.ts';
import { dryRun } from '../dry-run.ts';
import { ban, unban } from '../testing/events.ts';
import { webhook } from './webhook.ts';
import type { WebhookOptions } from './webhook-options.ts';

const codes = (outcomes: readonly BanOutcome[]) => outcomes.map(({ ok, error }) => (ok ? 'ok' : error?.code));

interface Got {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly path: string | undefined;
}

describe('webhook', () => {
  let server: Server;
  let got: Got[];
  let answer: (response: ServerResponse, nth: number) => void;
  const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  beforeEach(async () => {
    got = [];
    answer = (response) => response.end();
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        got.push({ headers: request.headers, body: Buffer.concat(chunks).toString(), path: request.url });
        answer(response, got.length);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const open = (more: Partial<WebhookOptions> = {}) => webhook({ url: `${origin()}/T0KEN`, retryPauseMs: 1, ...more });
  const status =
    (code: number, headers = {}) =>
    (response: ServerResponse): void => {
      response.writeHead(code, headers).end('x'.repeat(100_000));
    };

  test('posts a batch as one document, with the headers asked for', async () => {
    const hook = open({ headers: { authorization: 'Bearer s3cret' } });
    expect(codes(await hook.apply([ban('203.0.113.7'), unban('2001:db8::1')]))).toEqual(['ok', 'ok']);
    const [request, ...more] = got;
    expect(more).toEqual([]);
    expect(request?.headers).toMatchObject({ authorization: 'Bearer s3cret', 'content-type': 'application/json' });
    const { version, events } = JSON.parse(request?.body ?? '');
    expect(version).toBe(1);
    expect(events).toMatchObject([
      { kind: 'ban', address: '203.0.113.7', family: 4 },
      { kind: 'unban', address: '2001:db8::1', family: 6 },
    ]);
  });

  test('posts each event alone where that is asked for, in any form, and one that fails is alone in it', async () => {
    const hook = open({ body: 'event', payload: ([event]) => ({ text: `${event?.kind} ${event?.id}` }) });
    answer = (response, nth) => status(nth === 1 ? 400 : 200)(response);
    const outcomes = await hook.apply([ban('203.0.113.7'), ban('203.0.113.8')]);
    expect(codes(outcomes)).toEqual(['ERR_BAN_ACTION_FAILED', 'ok']);
    expect(got.map(({ body }) => JSON.parse(body))).toEqual([{ text: 'ban 203.0.113.7' }, { text: 'ban 203.0.113.8' }]);
  });

  test('the receiver can check that the body is ours', async () => {
    await open({ secret: 'kéy' }).apply([ban('203.0.113.7', 1000, { jail: 'wéb' })]);
    const [request] = got;
    const expected = createHmac('sha256', 'kéy')
      .update(request?.body ?? '')
      .digest('hex');
    expect(request?.headers['x-sluice-signature']).toBe(`sha256=${expected}`);
  });

  test.each([408, 425, 429, 500, 503])('tries again after %d, under the same key', async (code) => {
    answer = (response, nth) => status(nth < 3 ? code : 204)(response);
    expect(codes(await open().apply([ban('203.0.113.7')]))).toEqual(['ok']);
    expect(new Set(got.map(({ headers, body }) => `${headers['idempotency-key']} ${body}`)).size).toBe(1);
    expect(got).toHaveLength(3);
  });

  test.each([400, 401, 404, 410])('does not try again after %d', async (code) => {
    answer = status(code);
    const [outcome] = await open().apply([ban('203.0.113.7')]);
    expect(outcome?.error?.message).toBe(`webhook: ${origin()} answered ${code}`);
    expect(got).toHaveLength(1);
  });

  test('gives up after maxAttempts, and the next batch begins anew', async () => {
    answer = status(503);
    const hook = open({ maxAttempts: 3 });
    const [outcome] = await hook.apply([ban('203.0.113.7')]);
    expect(outcome?.error?.message).toBe(`webhook: ${origin()} answered 503, 3 times`);
    answer = status(200);
    expect(codes(await hook.apply([ban('203.0.113.8')]))).toEqual(['ok']);
  });

  test('a redirect is not followed: nobody else gets the secrets', async () => {
    answer = (response) => response.writeHead(307, { location: `${origin()}/elsewhere` }).end();
    const [outcome] = await open({ headers: { authorization: 's3cret' } }).apply([ban('203.0.113.7')]);
    expect(outcome?.error?.message).toContain('a redirect, which is not followed');
    expect(got.map(({ path }) => path)).toEqual(['/T0KEN']);
  });

  test('waits as the server asks, within bounds', async () => {
    answer = (response, nth) => (nth === 1 ? status(429, { 'retry-after': '86400' })(response) : response.end());
    expect(codes(await open({ maxRetryPauseMs: 20 }).apply([ban('203.0.113.7')]))).toEqual(['ok']);
  });

  test('a server that says nothing, hangs up or is not there fails the events with the reason', async () => {
    answer = () => {};
    const silent = await open({ timeoutMs: 30, maxAttempts: 2 }).apply([ban('203.0.113.7')]);
    expect(codes(silent)).toEqual(['ERR_BAN_ACTION_TIMEOUT']);
    expect(silent[0]?.error?.message).toBe(`webhook: ${origin()} gave no answer for 30 ms (timeoutMs), 2 times`);
    answer = (response) => response.destroy();
    expect(codes(await open({ maxAttempts: 2 }).apply([ban('203.0.113.7')]))).toEqual(['ERR_BAN_ACTION_FAILED']);
    const nobody = webhook({ url: 'http://127.0.0.1:1/', maxAttempts: 1 });
    const [outcome] = await nobody.apply([ban('203.0.113.7')]);
    expect(outcome?.error?.message).toMatch(/^webhook: http:\/\/127\.0\.0\.1:1 cannot be reached: /);
  });

  test('an abort ends a request under way, and a pause', async () => {
    answer = () => {};
    const during = new AbortController();
    const asked = open().apply([ban('203.0.113.7')], during.signal);
    await once(server, 'request');
    during.abort();
    expect(codes(await asked)).toEqual(['ERR_BAN_ACTION_ABORTED']);
    answer = status(503);
    const between = new AbortController();
    const paused = open({ retryPauseMs: 3_600_000, maxRetryPauseMs: 3_600_000 }).apply(
      [ban('203.0.113.7')],
      between.signal,
    );
    await once(server, 'request');
    setTimeout(() => between.abort(), 20);
    expect(codes(await paused)).toEqual(['ERR_BAN_ACTION_ABORTED']);
  });

  test('no message and no dry run shows the secrets', async () => {
    const lines: string[] = [];
    const hook = dryRun(open({ headers: { authorization: 's3cret' }, secret: 'key' }), {
      write: (line) => lines.push(line),
    });
    await hook.apply([ban('203.0.113.7')]);
    expect(got).toEqual([]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^curl .*203\.0\.113\.7/);
    expect(lines[0]).not.toMatch(/T0KEN|s3cret|key:/);
  });

  test('a payload that throws fails its events', async () => {
    const hook = open({
      payload: () => {
        throw new TypeError('no');
      },
    });
    expect(codes(await hook.apply([ban('203.0.113.7')]))).toEqual(['ERR_BAN_ACTION_BACKEND']);
  });

  test.each([
    [{ url: 'file:///etc/passwd' }, 'url: expected an http: or https: URL'],
    [{ url: 'https://user:s3cret@example.net/' }, 'url: expected no user and password'],
    [{ headers: { 'x-a': 's3cret\r\nhost: b' } }, 'headers["x-a"]: expected a name and a value'],
    [{ body: 'all' }, 'body: expected batch or event'],
    [{ maxAttempts: 0 }, 'maxAttempts: expected an integer from 1'],
  ])('refuses %j without showing what may be secret', (more, message) => {
    const make = () => webhook({ url: 'https://example.net/', ...(more as object) } as WebhookOptions);
    expect(make).toThrow(message);
    expect(make).not.toThrow('s3cret');
  });
});
