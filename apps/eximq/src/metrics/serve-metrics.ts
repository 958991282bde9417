import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { reasonOf } from '@sluice/command-line';
import { EximqError } from '../eximq-error.ts';
import type { ListenAddress } from './read-listen.ts';

const maxConnections = 64;
const headersTimeoutMs = 10_000;
const contentType = 'text/plain; version=0.0.4; charset=utf-8';

const addressText = ({ host, port }: ListenAddress): string => `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;

/** A name that a page on the web points at this machine is not one that is asked for here. */
function isOwnName({ headers }: IncomingMessage): boolean {
  const name = (headers.host ?? '').replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  return isIP(name) !== 0 || name === 'localhost';
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' }).end(text);
}

/**
 * Serves `/metrics` until the signal aborts. Requests that come while the queue is being read get the same answer, so that
 * it is read by one at a time however many ask.
 *
 * @param read gives the text
 * @param onListening gets the address, also when the system chose the port
 * @throws EximqError `ERR_EXIMQ_LISTEN`
 */
export async function serveMetrics(
  address: ListenAddress,
  read: () => Promise<string>,
  onListening: (url: string) => void,
  signal: AbortSignal,
): Promise<void> {
  let reading: Promise<string> | undefined;
  const shared = (): Promise<string> => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  };
  const server = createServer((request, response) => {
    const isLocal = address.host === 'localhost' || address.host === '::1' || address.host.startsWith('127.');
    if (isLocal && !isOwnName(request)) return answer(response, 421, 'ask for this machine by its address\n');
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(response, 405, 'only GET\n');
    if (request.url?.split('?', 1)[0] !== '/metrics') return answer(response, 404, 'see /metrics\n');
    shared().then(
      (text) => answer(response, 200, text),
      (error: unknown) => answer(response, 503, `${reasonOf(error)}\n`),
    );
  });
  server.maxConnections = maxConnections;
  server.headersTimeout = headersTimeoutMs;
  server.listen(address.port, address.host);
  try {
    await once(server, 'listening', { signal });
  } catch (error) {
    if (signal.aborted) return;
    const fault = `cannot listen on ${addressText(address)}: ${reasonOf(error)}`;
    throw new EximqError('ERR_EXIMQ_LISTEN', fault, { cure: 'choose another address or port', cause: error });
  }
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : address.port;
  onListening(`http://${addressText({ host: address.host, port })}/metrics`);
  const closed = once(server, 'close');
  signal.addEventListener('abort', () => {
    server.close();
    server.closeAllConnections();
  });
  if (signal.aborted) server.close();
  await closed;
}
