import { check } from '../check.ts';
import type { CalendarOptions, SinkOptions } from '../options.ts';

/** Which calendar of which CalDAV server, and how to speak with it. */
export interface CalDavOptions extends Pick<CalendarOptions, 'productId' | 'slotMs' | 'compatibility'>, SinkOptions {
  /** The server, as its users are told it; also the address of a principal, of a home of calendars, or of a calendar. */
  readonly url: string;
  /**
   * The calendar: its name for people, or its path (`/alice/commits/`), or its whole address. Default: `url` is the address
   * of the calendar.
   */
  readonly calendar?: string;
  /** Makes the calendar if the server does not have it. Default false. */
  readonly create?: boolean;
  /** With {@link password}, for Basic authentication. Default: no credentials. */
  readonly username?: string;
  readonly password?: string;
  /** Instead of name and password, for Bearer authentication. */
  readonly bearerToken?: string;
  /**
   * Sends credentials over http to a host other than this one, where everybody on the way can read them. Default false: it
   * is refused.
   */
  readonly allowPlainText?: boolean;
  /** Says what would be done and changes nothing. The server is read all the same. Default false. */
  readonly dryRun?: boolean;
  /** Most requests at a time, at most 64. Default 4. */
  readonly concurrency?: number;
  /** Longest time that one request may take, with its answer. Default 30,000. */
  readonly timeoutMs?: number;
  /** How often a request is sent again when the connection broke or the server cannot just now (429, 5xx). Default 3. */
  readonly retries?: number;
  /** Pause before the first repetition; it doubles with each, up to 30 s. A server may ask for more, up to that. Default 500. */
  readonly retryPauseMs?: number;
  /** Largest answer that is read. Default 67,108,864 (64 MiB). */
  readonly maxResponseBytes?: number;
}

/** {@link CalDavOptions} that concern the way to the server, checked and with their defaults. */
export interface CalDavSettings {
  readonly url: URL;
  readonly calendar: string | undefined;
  readonly create: boolean;
  /** The Authorization header; undefined without credentials. */
  readonly authorization: string | undefined;
  readonly dryRun: boolean;
  readonly concurrency: number;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly retryPauseMs: number;
  readonly maxResponseBytes: number;
}

const dayMs = 86_400_000;

/** @throws IcalSinkError `ERR_ICAL_SINK_OPTION`; no message has a password in it */
export function calDavSettings(options: CalDavOptions): CalDavSettings {
  const { create = false, dryRun = false, allowPlainText = false } = options;
  const url = serverUrl(options.url);
  const authorization = authorizationOf(options);
  if (authorization !== undefined && url.protocol === 'http:' && !isThisMachine(url.hostname) && !allowPlainText)
    throw check.bad('url', 'https: where credentials are sent to another machine (or set allowPlainText)', url.href);
  return {
    url,
    calendar: check.label('calendar', options.calendar),
    create,
    authorization,
    dryRun,
    concurrency: check.integer('concurrency', options.concurrency, 4, 1, 64),
    timeoutMs: check.integer('timeoutMs', options.timeoutMs, 30_000, 1, dayMs),
    retries: check.integer('retries', options.retries, 3, 0, 100),
    retryPauseMs: check.integer('retryPauseMs', options.retryPauseMs, 500, 0, 30_000),
    maxResponseBytes: check.integer('maxResponseBytes', options.maxResponseBytes, 67_108_864, 4096),
  };
}

function serverUrl(value: unknown): URL {
  if (typeof value !== 'string' || !/^https?:/i.test(value) || !URL.canParse(value))
    throw check.bad('url', 'an address of http: or https:', value);
  const url = new URL(value);
  if (url.username !== '' || url.password !== '')
    throw check.bad('url', 'without credentials: give username and password', `${url.origin}${url.pathname}`);
  url.hash = '';
  return url;
}

function authorizationOf({ username, password, bearerToken }: CalDavOptions): string | undefined {
  if (bearerToken !== undefined) {
    if (username !== undefined || password !== undefined)
      throw check.bad('bearerToken', 'alone, without username and password', 'with them');
    if (!/^[A-Za-z0-9._~+/-]+=*$/.test(bearerToken)) throw check.bad('bearerToken', 'a token', 'what was given');
    return `Bearer ${bearerToken}`;
  }
  if (username === undefined && password === undefined) return undefined;
  if (username === undefined) throw check.bad('username', 'given where password is', username);
  if (password === undefined) throw check.bad('password', 'given where username is', password);
  if (username.includes(':'))
    throw check.bad('username', 'without a colon, which Basic authentication cannot say', username);
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

const isThisMachine = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(?:\.\d+){3}$/.test(host);
