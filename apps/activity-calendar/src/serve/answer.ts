import type { IncomingMessage, ServerResponse } from 'node:http';

/** What is answered, besides the headers that every answer has. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
  /** Strong tag of the body. Default: the answer is not to be stored. */
  readonly etag?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const textAnswer = (status: number, text: string, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${text}\n`,
  headers,
});

export const jsonAnswer = (status: number, value: unknown, etag?: string): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
  ...(etag === undefined ? {} : { etag }),
});

/** Sends an answer; 304 without a body when the client has it already. Of HEAD, Node.js keeps the body to itself. */
export function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const { status, type, body, etag, headers = {} } = answer;
  response.setHeader('Cache-Control', etag === undefined ? 'no-store' : 'private, no-cache');
  if (etag !== undefined) response.setHeader('ETag', etag);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (etag !== undefined && hasTag(request.headers['if-none-match'], etag)) {
    response.writeHead(304).end();
    return;
  }
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) }).end(body);
}

/** If-None-Match compares weakly: RFC 9110, 13.1.2. Our own tags hold no commas. */
const hasTag = (header: string | undefined, etag: string): boolean =>
  header?.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag) ?? false;
