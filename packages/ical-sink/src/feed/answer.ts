import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { acceptsGzip } from './accepts-gzip.ts';
import { isUnchanged } from './is-unchanged.ts';
import type { Snapshot } from './snapshot.ts';

/** A calendar to be sent. */
export interface Sendable {
  readonly snapshot: Snapshot;
  /** Whether others will ask for the same one, so that its compressed form is worth keeping. */
  readonly isShared: boolean;
  readonly fileName: string;
  /** Last-Modified in whole seconds; undefined where that says nothing. */
  readonly modifiedS: number | undefined;
}

/** Answers a GET or HEAD with a calendar, or with 304 to one who has it. */
export function answerCalendar(request: IncomingMessage, response: ServerResponse, sendable: Sendable): void {
  const { snapshot, isShared, fileName, modifiedS } = sendable;
  const etags = [`"${snapshot.version}"`, `"${snapshot.version}-gzip"`];
  const isGzipped = acceptsGzip(request.headers['accept-encoding']);
  const headers: OutgoingHttpHeaders = {
    ETag: etags[isGzipped ? 1 : 0],
    // The address may be a secret: no cache that others share. And what is there now is asked for each time.
    'Cache-Control': 'private, no-cache',
    Vary: 'Accept-Encoding',
    ...(modifiedS !== undefined && { 'Last-Modified': new Date(modifiedS * 1000).toUTCString() }),
  };
  if (isUnchanged(request.headers, { etags, modifiedS })) {
    response.writeHead(304, headers).end();
    return;
  }
  Object.assign(headers, {
    'Content-Type': 'text/calendar; charset=utf-8',
    'Content-Disposition': `inline; filename="${fileName}"`,
    'X-Content-Type-Options': 'nosniff',
    ...(isGzipped ? { 'Content-Encoding': 'gzip' } : { 'Content-Length': snapshot.bytes }),
  });
  if (request.method === 'HEAD') {
    response.writeHead(200, headers).end();
  } else if (isGzipped && isShared) {
    snapshot.gzipped().then(
      (body) => response.writeHead(200, { ...headers, 'Content-Length': body.length }).end(body),
      () => response.destroy(),
    );
  } else {
    response.writeHead(200, headers);
    const pieces = Readable.from(snapshot.pieces());
    // A client that goes away is no fault of ours, and the pipeline has closed what was open.
    if (isGzipped) pipeline(pieces, createGzip(), response, () => {});
    else pipeline(pieces, response, () => {});
  }
}

/** Answers with a line of text. */
export function answerText(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  text: string,
  headers: OutgoingHttpHeaders = {},
): void {
  const body = `${text}\n`;
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
