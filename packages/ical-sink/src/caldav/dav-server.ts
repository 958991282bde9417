import { IcalSinkError } from '../ical-sink-error.ts';
import { davFault } from './dav-fault.ts';
import type { DavResponse, Element, TsDav } from './tsdav.ts';

/** A collection of a server: a calendar, or a folder of them. */
export interface DavCollection {
  readonly url: URL;
  readonly name: string | undefined;
  readonly isCalendar: boolean;
}

const collectionProps: Element = { 'd:displayname': {}, 'd:resourcetype': {} };
const components: Element = { 'c:comp': { _attributes: { name: 'VEVENT' } } };

/** Looks for calendars on a server, and makes them. */
export class DavServer {
  readonly #tsdav: TsDav;
  readonly #fetch: typeof globalThis.fetch;
  readonly #url: URL;

  constructor(tsdav: TsDav, fetch: typeof globalThis.fetch, url: URL) {
    this.#tsdav = tsdav;
    this.#fetch = fetch;
    this.#url = url;
  }

  /** The collection at an address; undefined when nothing is there. */
  async collection(url: URL): Promise<DavCollection | undefined> {
    const [found] = await this.#collections(url, '0');
    return found;
  }

  /**
   * Where the user's calendars are: what the server says (`.well-known/caldav`, `current-user-principal`,
   * `calendar-home-set`; RFC 6764, RFC 5397, RFC 4791), or the server's address itself when it says nothing.
   */
  async home(): Promise<URL> {
    let fault: unknown;
    const fetch: typeof globalThis.fetch = (input, init) =>
      this.#fetch(input, init).catch((error: unknown) => {
        fault ??= error;
        throw error;
      });
    try {
      const account = { serverUrl: this.#url.href, accountType: 'caldav' } as const;
      const { homeUrl } = await this.#tsdav.createAccount({ account, fetch });
      return folder(new URL(homeUrl ?? this.#url));
    } catch {
      // A server without any of it, or that keeps its root to itself, may still have calendars at the address given.
      const isThere = (await this.collection(this.#url)) !== undefined;
      if (!isThere && fault !== undefined) throw fault;
      return folder(this.#url);
    }
  }

  /** All calendars in a folder. */
  async calendars(home: URL): Promise<readonly DavCollection[]> {
    return (await this.#collections(home, '1')).filter(({ isCalendar }) => isCalendar);
  }

  /** Makes a calendar for events. Where there is one already, it stays as it is. */
  async make(url: URL, name: string): Promise<void> {
    const props = { 'd:displayname': name, 'c:supported-calendar-component-set': components };
    const [answer] = await this.#tsdav.makeCalendar({ url: url.href, props, fetch: this.#fetch });
    if (answer === undefined || answer.ok) return;
    const isThere = (await this.collection(url))?.isCalendar === true;
    if (!isThere) throw davFault(`${url.href} cannot be made a calendar`, answer.status, String(answer.raw));
  }

  async #collections(url: URL, depth: '0' | '1'): Promise<DavCollection[]> {
    const answers = await this.#tsdav.propfind({ url: url.href, depth, props: collectionProps, fetch: this.#fetch });
    if (!isMultistatus(answers)) {
      const [{ status, raw } = { status: 0, raw: '' }] = answers;
      if (status === 404 || status === 410) return [];
      throw davFault(`${url.href} cannot be looked at`, status, String(raw));
    }
    return answers.filter(({ href, ok }) => ok && typeof href === 'string').map((answer) => collectionOf(answer, url));
  }
}

/** Whether the answer was understood: tsdav gives what was not as one response with the text as it came. */
export const isMultistatus = (answers: readonly DavResponse[]): boolean =>
  answers.length > 0 && answers.every(({ raw }) => typeof raw === 'object' && raw?.multistatus !== undefined);

/** The address with a slash at its end: what stands before the names of what is in it. */
export function folder(url: URL): URL {
  const copy = new URL(url);
  if (!copy.pathname.endsWith('/')) copy.pathname += '/';
  return copy;
}

function collectionOf({ href, props }: DavResponse, base: URL): DavCollection {
  const url = new URL(href as string, base);
  if (url.origin !== base.origin) {
    const fault = `${base.origin} names ${url.origin}, where credentials do not follow`;
    throw new IcalSinkError('ERR_ICAL_SINK_REDIRECT', fault, { value: url.origin });
  }
  const name: unknown = props?.['displayname']?._cdata ?? props?.['displayname'];
  const isText = typeof name === 'string' || typeof name === 'number' || typeof name === 'boolean';
  // A name of digits comes as a number.
  return {
    url: folder(url),
    name: isText ? String(name) : undefined,
    isCalendar: 'calendar' in Object(props?.['resourcetype']),
  };
}
