import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Activity } from '@sluice/pipeline';
import ICAL from 'ical.js';
import { CalendarFeed } from '../calendar-feed.ts';
import type { CalendarFeedOptions } from '../feed-options.ts';

export const noon: number = Date.parse('2024-03-01T12:00:00Z');
export const day = 86_400_000;

/** A commit at noon of the n-th day from 1 March. */
export const activity = (n: number, more: Partial<Activity> = {}): Activity => ({
  uid: `${n}@test`,
  source: { kind: 'git', id: 'git' },
  startMs: noon + n * day,
  title: `commit ${n}`,
  ...more,
});
export const some: readonly Activity[] = [activity(0), activity(1), activity(2)];

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server for the rest of the test. */
export async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server with nothing but a feed of some activities. */
export async function served(options: CalendarFeedOptions = {}, activities: readonly Activity[] = some) {
  const feed = new CalendarFeed(options);
  feed.put(activities);
  return { feed, url: `${await listen(feed.requestListener)}${feed.path}` };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A request as it is, without what fetch adds and undoes. */
export const ask = (url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const request = httpRequest(url, { method, headers, agent: false }, async (response) => {
      const pieces: Buffer[] = [];
      for await (const piece of response) pieces.push(piece);
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces) });
    });
    request.on('error', reject).end();
  });

/** Summaries of a calendar's events in their order. */
export function summaries(body: Buffer | string): string[] {
  const [, , events] = ICAL.parse(String(body)) as [string, unknown[], [string, [string, object, string, string][]][]];
  return events.map(([, properties]) => properties.find(([name]) => name === 'summary')?.[3] ?? '');
}
