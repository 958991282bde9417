import { createHash } from 'node:crypto';
import { davFault } from './dav-fault.ts';
import { isMultistatus } from './dav-server.ts';
import { type StoredEvent, storedEvent } from './stored-event.ts';
import type { DavResponse, Element, TsDav } from './tsdav.ts';

/** An object of a calendar as the server has it. */
export interface DavObject {
  readonly url: URL;
  /** Undefined where the server gives none that a change could be made conditional on. */
  readonly etag: string | undefined;
  /** Undefined when it is no event, or not readable. */
  readonly event: StoredEvent | undefined;
}

const namespaces = { 'xmlns:d': 'DAV:', 'xmlns:c': 'urn:ietf:params:xml:ns:caldav' };
const props: Element = { 'd:getetag': {}, 'c:calendar-data': {} };
const mediaType = { 'Content-Type': 'text/calendar; charset=utf-8' };

/** The name of an activity's object. What a uid is made of does not come into a path. */
export const objectName = (uid: string): string => `${createHash('sha256').update(uid).digest('hex')}.ics`;

/** The objects of one calendar: reads many at a time, writes each on a condition. */
export class DavObjects {
  readonly #tsdav: TsDav;
  readonly #fetch: typeof globalThis.fetch;
  readonly #calendar: URL;

  constructor(tsdav: TsDav, fetch: typeof globalThis.fetch, calendar: URL) {
    this.#tsdav = tsdav;
    this.#fetch = fetch;
    this.#calendar = calendar;
  }

  /** Where an object of this name is, or would be. */
  urlOf(name: string): URL {
    return new URL(name, this.#calendar);
  }

  /** Those of the named objects that are there, by name, in one request (calendar-multiget, RFC 4791, 7.9). */
  async read(names: readonly string[]): Promise<Map<string, DavObject>> {
    const hrefs = names.map((name) => this.urlOf(name).pathname);
    const answers = await this.#report({
      'calendar-multiget': { _attributes: namespaces, 'd:prop': props, 'd:href': hrefs },
    });
    const wanted = new Set(names);
    const found = new Map<string, DavObject>();
    for (const answer of answers) {
      const name = String(answer.href).split('/').at(-1) as string;
      // The name and no more is taken from the answer: where it is, is known.
      if (answer.ok && wanted.has(name)) found.set(name, objectOf(answer, this.urlOf(name)));
    }
    return found;
  }

  /** The object that has this uid under whatever name (calendar-query, RFC 4791, 7.8). */
  async findUid(uid: string): Promise<DavObject | undefined> {
    const text: Element = { _attributes: { collation: 'i;octet' }, _text: uid };
    const property: Element = { _attributes: { name: 'UID' }, 'c:text-match': text };
    const event: Element = { _attributes: { name: 'VEVENT' }, 'c:prop-filter': property };
    const calendar: Element = { _attributes: { name: 'VCALENDAR' }, 'c:comp-filter': event };
    const answers = await this.#report({
      'calendar-query': { _attributes: namespaces, 'd:prop': props, 'c:filter': { 'c:comp-filter': calendar } },
    });
    for (const answer of answers) {
      if (!answer.ok || typeof answer.href !== 'string' || !URL.canParse(answer.href, this.#calendar.href)) continue;
      const object = objectOf(answer, new URL(answer.href, this.#calendar));
      const isInside = object.url.href.startsWith(this.#calendar.href);
      // The server matches parts of a uid, too.
      if (isInside && object.event?.uid === uid) return object;
    }
    return undefined;
  }

  /** PUT that fails with 412 where there is one of this name. */
  create(name: string, data: string): Promise<Response> {
    const headers = { ...mediaType, 'If-None-Match': '*' };
    return this.#tsdav.createObject({ url: this.urlOf(name).href, data, headers, fetch: this.#fetch });
  }

  /** PUT that fails with 412 where it is not the one that was read. */
  update({ url, etag }: DavObject, data: string): Promise<Response> {
    const headers = { ...mediaType, ...(etag !== undefined && { 'If-Match': etag }) };
    return this.#tsdav.updateObject({ url: url.href, data, headers, fetch: this.#fetch });
  }

  /** DELETE that fails with 412 where it is not the one that was read. */
  delete({ url, etag }: DavObject): Promise<Response> {
    const headers = { ...(etag !== undefined && { 'If-Match': etag }) };
    return this.#tsdav.deleteObject({ url: url.href, headers, fetch: this.#fetch });
  }

  async #report(body: Element): Promise<DavResponse[]> {
    const init = { method: 'REPORT' as const, namespace: 'c', headers: { Depth: '1' }, body };
    const answers = await this.#tsdav.davRequest({ url: this.#calendar.href, init, fetch: this.#fetch });
    if (isMultistatus(answers)) return answers;
    const [{ status, raw } = { status: 0, raw: '' }] = answers;
    throw davFault(`${this.#calendar.href} cannot be read`, status, typeof raw === 'string' ? raw : '');
  }
}

function objectOf({ props: given }: DavResponse, url: URL): DavObject {
  const data: unknown = given?.['calendarData']?._cdata ?? given?.['calendarData'];
  const etag: unknown = given?.['getetag'];
  // A weak one never matches (RFC 9110, 13.1.1).
  const isUsable = (typeof etag === 'string' || typeof etag === 'number') && !String(etag).startsWith('W/');
  return {
    url,
    etag: isUsable ? String(etag) : undefined,
    event: typeof data === 'string' ? storedEvent(data) : undefined,
  };
}
