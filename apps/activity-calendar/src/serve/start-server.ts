import { once } from 'node:events';
import { createServer } from 'node:http';
import { checkServeOptions } from './check-serve-options.ts';
import { closeServer } from './close-server.ts';
import { listen } from './listen.ts';
import { readActivities } from './read-activities.ts';
import { requestListener } from './request-listener.ts';
import type { ServeOptions } from './serve-options.ts';
import { Site } from './site.ts';

const maxConnections = 256;
const idleMs = 60_000;
const limits = {
  maxHeaderSize: 8 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 5_000,
};

/**
 * Serves activities as a page and as a calendar feed until the signal aborts; resolves when all connections are closed.
 *
 * - Listens at once and serves what has been read so far. When reading fails, it goes on serving that, and `/api/stats` has
 *   the reason in `problems`.
 * - At most 256 connections, 8 KiB of headers, 60 s without a byte.
 *
 * @throws ActivityCalendarError `ERR_ACTIVITY_CALENDAR_SERVE` for an option that is none, or where it cannot listen.
 */
export async function startServer(options: ServeOptions): Promise<void> {
  checkServeOptions(options);
  const { activities, host, token, signal } = options;
  const site = new Site(options);
  const server = createServer(limits, requestListener(site, options));
  server.maxConnections = maxConnections;
  server.setTimeout(idleMs);
  if (signal.aborted) return;
  const port = await listen(server, host, options.port);
  server.on('error', (error) => site.problems.add(error));
  options.onListening(`http://${nameOf(host)}:${port}/${token === undefined ? '' : `${token}/`}`);
  const reading = readActivities(activities, site, signal);
  if (!signal.aborted) await once(signal, 'abort');
  await Promise.all([closeServer(server), reading]);
}

/** What a browser on this machine finds the server by. */
function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '[::]') return 'localhost';
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
