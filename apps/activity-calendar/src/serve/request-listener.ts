import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type Answer, jsonAnswer, send, textAnswer } from './answer.ts';
import { hostCheck } from './host-check.ts';
import { listActivities } from './list-activities.ts';
import { readPageFiles } from './page-files.ts';
import { QueryError } from './query-error.ts';
import { secretPath } from './secret-path.ts';
import { setSecurityHeaders } from './security-headers.ts';
import type { ServeOptions } from './serve-options.ts';
import type { Site } from './site.ts';
import { statsAnswer } from './stats-answer.ts';

const notFound = textAnswer(404, 'Not found');

/**
 * Answers requests for a site. All that is there is below the secret, and a wrong secret finds what any wrong path finds.
 *
 * `/` and the page's files; `/calendar.ics`, which the feed answers; `/api/stats`; `/api/activities`; `/healthz`.
 */
export function requestListener(
  site: Site,
  options: Pick<ServeOptions, 'host' | 'token' | 'allowedHosts'>,
): RequestListener {
  const isOwnHost = hostCheck(options.host, options.allowedHosts ?? []);
  const pathBelowSecret = secretPath(options.token);
  const files = readPageFiles();

  const answerTo = async (path: string, query: URLSearchParams): Promise<Answer> => {
    const file = files.get(path);
    if (file !== undefined) return { status: 200, ...file };
    if (path === '/api/stats') return statsAnswer(site, query);
    if (path === '/api/activities') return jsonAnswer(200, await listActivities(site.store, query, site.utc));
    if (path === '/healthz') return textAnswer(200, 'ok');
    if (path === '') return textAnswer(308, 'See /', { Location: `/${options.token}/` });
    return notFound;
  };

  const listen = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    setSecurityHeaders(response);
    if (!isOwnHost(request.headers.host)) {
      send(request, response, textAnswer(421, 'Not the server of this name'));
      return;
    }
    const [wholePath = '', search = ''] = (request.url ?? '').split(/\?(.*)/s, 2);
    const path = pathBelowSecret(wholePath);
    if (path === '/calendar.ics' && site.feed.handle(request, response)) return;
    if (path !== undefined && request.method !== 'GET' && request.method !== 'HEAD') {
      // A body that nobody reads must not keep the connection.
      send(request, response, textAnswer(405, 'Only to be read', { Allow: 'GET, HEAD', Connection: 'close' }));
      return;
    }
    send(request, response, path === undefined ? notFound : await answerTo(path, new URLSearchParams(search)));
  };

  return (request, response) => {
    listen(request, response).catch((error: unknown) => {
      if (error instanceof QueryError) {
        send(request, response, jsonAnswer(400, { error: error.message }));
        return;
      }
      site.problems.add(error);
      if (response.headersSent) response.destroy();
      else send(request, response, textAnswer(500, 'This failed'));
    });
  };
}
