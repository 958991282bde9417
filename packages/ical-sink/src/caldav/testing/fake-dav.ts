import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that came, as far as tests look at it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}

/** Takes a request over, or returns false to let the server do its work. */
export type Fault = (seen: Seen, response: ServerResponse) => boolean;

const multistatus = (responses: readonly string[]): string =>
  `<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">${responses.join('')}</d:multistatus>`;
const ok = (href: string, props: string): string =>
  `<d:response><d:href>${href}</d:href><d:propstat><d:prop>${props}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`;
const calendarProps =
  '<d:displayname>Commits</d:displayname><d:resourcetype><d:collection/><c:calendar/></d:resourcetype>';

/** A CalDAV server with one calendar, `/home/commits/` named "Commits", whose answers a test can spoil. */
export class FakeDav {
  readonly seen: Seen[] = [];
  readonly objects = new Map<string, { readonly text: string; readonly etag: string }>();
  fault: Fault = () => false;
  #server: Server | undefined;
  #version = 0;

  get origin(): string {
    const { port } = (this.#server as Server).address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async start(): Promise<this> {
    const server = createServer((request, response) => {
      this.#take(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#server = server;
    return this;
  }

  stop(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }

  /** How many requests of a method came. */
  count(method: string): number {
    return this.seen.filter((one) => one.method === method).length;
  }

  /** Puts an object there, as another client would. */
  store(path: string, text: string): string {
    this.#version += 1;
    const etag = `"v${this.#version}"`;
    this.objects.set(path, { text, etag });
    return etag;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const piece of request.setEncoding('utf8')) body += piece;
    const seen = { method: request.method ?? '', path: request.url ?? '', body, headers: request.headers };
    this.seen.push(seen);
    if (!this.fault(seen, response)) this.answer(seen, response);
  }

  /** What it answers unspoilt. */
  answer({ method, path, body, headers }: Seen, response: ServerResponse): void {
    const xml = (responses: readonly string[]) =>
      response.writeHead(207, { 'Content-Type': 'application/xml' }).end(multistatus(responses));
    const end = (status: number) => response.writeHead(status).end();
    const object = this.objects.get(path);
    if (method === 'PROPFIND' && path === '/')
      return void xml([ok('/', '<d:current-user-principal><d:href>/me/</d:href></d:current-user-principal>')]);
    if (method === 'PROPFIND' && path === '/me/')
      return void xml([ok('/me/', '<c:calendar-home-set><d:href>/home/</d:href></c:calendar-home-set>')]);
    if (method === 'PROPFIND' && path === '/home/')
      return void xml([
        ok('/home/', '<d:resourcetype><d:collection/></d:resourcetype>'),
        ok('/home/commits/', calendarProps),
      ]);
    if (method === 'PROPFIND' && path === '/home/commits/') return void xml([ok(path, calendarProps)]);
    if (method === 'REPORT') {
      const hrefs = [...body.matchAll(/<d:href>([^<]*)<\/d:href>/g)].map((match) => match[1] as string);
      return void xml(
        hrefs.map((href) => {
          const found = this.objects.get(href);
          if (found === undefined)
            return `<d:response><d:href>${href}</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response>`;
          return ok(
            href,
            `<d:getetag>${found.etag}</d:getetag><c:calendar-data><![CDATA[${found.text}]]></c:calendar-data>`,
          );
        }),
      );
    }
    const match = headers['if-match'];
    const isAllowed = match === undefined || match === object?.etag;
    if (method === 'PUT') {
      if (!isAllowed || (headers['if-none-match'] === '*' && object !== undefined)) return void end(412);
      response.setHeader('ETag', this.store(path, body));
      return void end(object === undefined ? 201 : 204);
    }
    if (method === 'DELETE') {
      if (object === undefined || !isAllowed) return void end(object === undefined ? 404 : 412);
      this.objects.delete(path);
      return void end(204);
    }
    end(404);
  }
}
